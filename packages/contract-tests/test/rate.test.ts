/** How many requests are answered in a minute. */
import { expect, test } from "vitest";
import { evaluationOf } from "../src/given.ts";
import { idOf } from "../src/requests.ts";
import { type Service, useService } from "../src/service.ts";

const auth = { enabled: true, adminSecret: "a secret of the tests, long enough" };
const admin = { headers: { authorization: `Bearer ${auth.adminSecret}` } };
const limited = useService({ auth, rateLimits: { requests: 3, evaluations: 0 } });
const forEvaluations = useService({ auth, rateLimits: { requests: 0, evaluations: 2 } });
const open = useService({ rateLimits: { requests: 2, evaluations: 0 } });

const list = async (service: Service, init?: RequestInit) => (await service.get("/v1/datasets", init)).status;
const evaluate = async (service: Service) => {
  const evaluation = evaluationOf(idOf("ExperimentRun", 1), "exact match");
  return (await service.post("/v1/experiment_evaluations", evaluation, admin)).status;
};

test("429: a key that asks for more, and only that key; evaluations go on, and so do probes", async () => {
  const { body } = await limited.post("/v1/system/api_keys", { data: { name: "ci" } }, admin);
  const key = { headers: { authorization: `Bearer ${body.data.key}` } };
  for (const _ of [1, 2, 3]) expect(await list(limited, key)).toBe(200);
  const refused = await limited.get("/v1/datasets", key);
  expect([refused.status, refused.body.code]).toEqual([429, "rate_limited"]);
  expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
  expect(Number(refused.headers.get("retry-after"))).toBeLessThanOrEqual(60);
  expect(await list(limited, admin)).toBe(200);
  for (const _ of [1, 2, 3, 4, 5]) expect(await evaluate(limited)).toBe(404);
  expect((await limited.get("/healthz")).status).toBe(200);
});

test("429: evaluations have a limit of their own", async () => {
  for (const _ of [1, 2]) expect(await evaluate(forEvaluations)).toBe(404);
  expect(await evaluate(forEvaluations)).toBe(429);
  for (const _ of [1, 2, 3]) expect(await list(forEvaluations, admin)).toBe(200);
});

test("429: with auth off the caller's address is counted", async () => {
  for (const _ of [1, 2]) expect(await list(open)).toBe(200);
  expect(await list(open)).toBe(429);
});
