import { once } from "node:events";
import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import type { Config } from "@assay/server";

/** An HTTP server that listens. */
export interface Listener {
  port: number;
  /** Takes no more requests, lets those in flight finish for `patience` milliseconds, and cuts off what is left. */
  close: (patience: number) => Promise<void>;
}

const keepAliveTimeout = 75_000;

/**
 * How many connections may wait to be accepted, as far as the system allows. Phoenix's client posts thousands of evaluations at once, on a
 * connection each, and its process dies if one is reset; Node's default is 511.
 */
const unaccepted = 4096;

/** @throws Error in a sentence for the user if the address cannot be had. */
export async function listen(
  app: RequestListener,
  { host, port, idleTimeout }: Pick<Config, "host" | "port" | "idleTimeout">,
): Promise<Listener> {
  const server = createServer({
    keepAlive: true, // of TCP: finds out about clients that are gone
    keepAliveTimeout,
    headersTimeout: keepAliveTimeout + 5000, // longer, or Node may cut off a client that is about to reuse its connection
    maxHeaderSize: 64 * 1024, // Phoenix's clients repeat a parameter for each evaluation name
    requestTimeout: 0, // Node's default of five minutes would cut long uploads: see `cutIfIdle`
  });
  // Who asks before sending a body (`Expect: 100-continue`) is told to by the app, once it knows that it wants the body.
  for (const event of ["request", "checkContinue"] as const) {
    server.on(event, (request: IncomingMessage) => cutIfIdle(request, idleTimeout));
    server.on(event, app);
  }
  server.listen({ port, host, backlog: unaccepted });
  try {
    await once(server, "listening");
  } catch (cause) {
    throw new Error(reasonFor(cause, host, port), { cause });
  }
  const address = server.address();
  return {
    port: typeof address === "object" && address ? address.port : port, // 0 asks for any
    close: (patience) => close(server, patience),
  };
}

/** Cuts off a client that, in the middle of its request, sends nothing for `idleTimeout` milliseconds, or at most twice as long. */
function cutIfIdle(request: IncomingMessage, idleTimeout: number): void {
  let received = request.socket.bytesRead;
  const timer = setInterval(() => {
    if (request.complete) return clearInterval(timer);
    const heldUpByUs = request.readableLength > 0;
    if (!heldUpByUs && request.socket.bytesRead === received) request.destroy();
    received = request.socket.bytesRead;
  }, idleTimeout);
  request.once("close", () => clearInterval(timer));
}

async function close(server: Server, patience: number): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  // Node leaves connections alive that become idle from now on.
  const idle = setInterval(() => server.closeIdleConnections(), 50);
  const late = setTimeout(() => server.closeAllConnections(), patience);
  await closed;
  clearInterval(idle);
  clearTimeout(late);
}

function reasonFor(error: unknown, host: string, port: number): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "EADDRINUSE") return `Port ${port} on ${host} is in use by another program: stop that, or set PORT.`;
  if (code === "EACCES") return `Port ${port} needs privileges that this user lacks: set PORT to 1024 or more.`;
  if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND")
    return `${host} is no address of this machine: set HOST to one.`;
  return `The service cannot listen on port ${port} of ${host}: ${String(error)}`;
}
