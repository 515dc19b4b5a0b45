import { expect } from "vitest";
import type { Service } from "./service.ts";

/** Waits until nothing is left of what was deleted. */
export const untilRemoved = (service: Service) =>
  expect
    .poll(async () => (await service.database.query("select from removals")).rowCount, {
      timeout: 60_000,
      interval: 10,
    })
    .toBe(0);
