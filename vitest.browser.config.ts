import { defineConfig } from "vitest/config";
import config from "./vitest.config.ts";

/** The tests that need a Chromium on the PATH. `.ci/run` fetches one; the README's command to test does without. */
export default defineConfig({
  ...config,
  test: {
    ...config.test,
    include: ["packages/*/test/browser/**/*.test.ts"],
    exclude: ["**/node_modules/**"],
    expect: { poll: { timeout: 10_000 } },
  },
});
