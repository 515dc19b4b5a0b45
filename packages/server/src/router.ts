import { type Request, type RequestHandler, type Response, Router } from "express";
import { authenticate } from "./authenticate.ts";
import { authorize } from "./authorize.ts";
import { decodeBody, mediaTypeOf, openBody, readBytes } from "./body.ts";
import type { Config } from "./config.ts";
import { planOf } from "./content.ts";
import type { Context } from "./context.ts";
import type { Document, Operation } from "./contract.ts";
import { type FormPlan, formPlanOf, readForm } from "./form.ts";
import { handlers } from "./handlers.ts";
import { hashBody, hashForm, onceByKey } from "./idempotency.ts";
import { type ItemReader, Items, itemReaderOf } from "./items.ts";
import type { Handlers } from "./operation.ts";
import { problem } from "./problem.ts";
import { parametersIn, readQuery } from "./query.ts";
import { rateLimiter } from "./rate.ts";
import { Scope } from "./scope.ts";
import { send } from "./send.ts";
import { type Check, validator } from "./validation.ts";

type Services = Omit<Context, "log" | "scope" | "transaction"> & { config: Config };

/** A handler as the router sees it: the contract has told what goes in and out. */
type AnyHandler = (input: unknown, context: Context) => Promise<unknown>;

/** A route for each operation of the contract; other methods on its paths are refused with what is allowed. */
export function createRouter(services: Services): Router {
  const { document } = services.contract;
  const { auth, rateLimits } = services.config;
  const router = Router({ caseSensitive: true });
  const steps = stepsWith(services, {
    authenticated: authenticate(auth, services.keys),
    limited: rateLimiter(rateLimits),
    validated: validator(document, services.check),
  });
  const paths = Object.entries(document.paths).toSorted(([a], [b]) => specificity(a) - specificity(b));
  for (const [template, path] of paths) {
    const route = router.route(template.replaceAll(/\{(\w+)\}/g, ":$1"));
    for (const [method, operation] of Object.entries(path)) {
      const verb = method as "get" | "post" | "put" | "patch" | "delete"; // the methods of OpenAPI are Express's
      route[verb](...steps(verb, operation));
    }
    route.all(refuseMethod(Object.keys(path).map((method) => method.toUpperCase())));
  }
  return router;
}

/** `/datasets/upload` before `/datasets/{dataset_id}`. */
const specificity = (template: string) => template.split("{").length;

function refuseMethod(methods: string[]): RequestHandler {
  const allow = [...methods, ...(methods.includes("GET") ? ["HEAD"] : []), "OPTIONS"].join(", ");
  return (request, response) => {
    if (request.method !== "OPTIONS")
      throw problem("method_not_allowed", `${request.method} is not one of ${allow}.`, { Allow: allow });
    response.set("Allow", allow).status(204).end();
  };
}

/** Steps that are the same for all operations, or made once for all. */
interface Gates {
  authenticated: RequestHandler;
  limited: ReturnType<typeof rateLimiter>;
  validated: ReturnType<typeof validator>;
}

/** What a request to an operation goes through, in this order. Who calls, and whether they may, is known before the body is read. */
function stepsWith(services: Services, { authenticated, limited, validated }: Gates) {
  return (method: string, operation: Operation): RequestHandler[] => {
    const isOpen = operation.security?.length === 0;
    const items = itemReaderOf(services.contract.document, operation, services.check);
    return [
      ...(isOpen ? [] : [authenticated, ...limited(operation), authorize(operation, method)]),
      ...(method === "get" ? [headAsGet] : [refuseIf(services.config.readOnly)]),
      receiveQuery(operation, services.contract.document),
      ...hashBody(operation, services.contract.document),
      receiveBody(operation, services, items),
      validated(operation),
      ...(items ? [receiveItems(items)] : []),
      respond(operation, services),
    ];
  };
}

/** HEAD is GET whose body Node does not send: what comes after knows only the methods that the contract has. */
const headAsGet: RequestHandler = (request, _response, next) => {
  request.method = "GET";
  next();
};

function refuseIf(readOnly: boolean): RequestHandler {
  return (_request, _response, next) => {
    if (readOnly) throw problem("read_only", "This service is read-only.");
    next();
  };
}

function receiveQuery(operation: Operation, document: Document): RequestHandler {
  const parameters = parametersIn(document, operation, "query");
  return (request, _response, next) => {
    // Express reads the query anew each time it is asked for; the validator writes defaults into this one.
    Object.defineProperty(request, "query", {
      value: readQuery(request.originalUrl, parameters),
      writable: true,
      configurable: true,
    });
    next();
  };
}

function receiveBody(
  operation: Operation,
  { contract, config, check }: Services,
  items: ItemReader | undefined,
): RequestHandler {
  const content = operation.requestBody?.content;
  const limit = config.limits[operation["x-body-limit"] ?? "body"];
  const isBinary = Object.values(content ?? {}).some(({ schema }) => schema.format === "binary");
  const json = content?.["application/json"]?.schema;
  const plan = json && !isBinary ? planOf(contract.document, json) : undefined;
  const form = content?.["multipart/form-data"]?.schema;
  const receiveForm = form && formReceiver(formPlanOf(contract.document, form), check, config.limits.file);
  return async (request, response, next) => {
    if (content === undefined) return next();
    const mediaType = mediaTypeOf(request, operation);
    if (receiveForm && mediaType === "multipart/form-data") {
      request.body = hashForm(await receiveForm(request, response), request.bodyHash);
    } else if (items && mediaType === "application/x-ndjson") {
      const { limits } = config;
      request.body = new Items((size) => items.lines(openBody(request, response, limits[size]), limits.body));
    } else {
      const bytes = await readBytes(request, response, limit);
      request.bodyHash?.update(bytes);
      request.body = decodeBody(bytes, mediaType, plan);
      request.headers["content-length"] = String(bytes.length);
    }
    request.headers["content-type"] = mediaType; // what comes after goes by the contract's name for it
    next();
  };
}

/** Reads a form up to its file; the rest of it goes nowhere once the request is answered. */
function formReceiver(plan: FormPlan, check: Check, limit: number) {
  return async (request: Request, response: Response) => {
    const over = new AbortController();
    response.once("close", () => over.abort());
    const body = openBody(request, response, limit);
    over.signal.addEventListener("abort", () => body.destroy(new Error("the request is over")));
    const contentType = request.headers["content-type"] ?? "";
    return readForm({ body, contentType, plan, check, limit, signal: over.signal });
  };
}

/** Makes the list of a JSON body, which the validator has seen, what lines are from the beginning. */
function receiveItems(items: ItemReader): RequestHandler {
  return (request, _response, next) => {
    const { body } = request;
    if (!(body instanceof Items)) request.body = new Items(() => items.list(body));
    next();
  };
}

function respond(operation: Operation, { config: _, ...services }: Services): RequestHandler {
  const handler = handlers[operation.operationId as keyof Handlers] as AnyHandler; // `Handlers` has every id of the contract
  const [status = "200"] = Object.keys(operation.responses).filter((code) => code.startsWith("2"));
  const [mediaType = "application/json"] = Object.keys(
    (operation.responses[status] as { content?: object }).content ?? {},
  ); // a response object
  const takesForms = operation.requestBody?.content["multipart/form-data"] !== undefined;
  return async (request, response) => {
    const { params: path, query, headers, log, caller } = request;
    const isJson = takesForms && headers["content-type"] === "application/json";
    const body = isJson ? { mediaType: "application/json", json: request.body } : request.body;
    const scope = new Scope(services.db, caller.datasets);
    const transaction = onceByKey(services.db, request, operation, () => response.set("Idempotency-Replayed", "true"));
    const output = await handler({ path, query, headers, body }, { ...services, log, scope, transaction });
    response.status(Number(status));
    await send(response, output, mediaType);
  };
}
