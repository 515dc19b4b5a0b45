import { defineConfig } from "vitest/config";
import config from "./vitest.config.ts";

const key = "a key of the tests, long enough";

/** The published client's tests, against services that ask for a key. The client finds it in the environment. */
export default defineConfig({
  ...config,
  test: {
    ...config.test,
    include: ["packages/contract-tests/test/published-client/**/*.test.ts"],
    provide: { key },
    env: { PHOENIX_API_KEY: key },
  },
});
