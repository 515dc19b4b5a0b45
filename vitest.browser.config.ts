import { defineConfig } from "vitest/config";
import base from "./vitest.config.ts";

// The tests that need a Chromium on the PATH. `.ci/run` fetches one; the README's command to test does without.
export default defineConfig({
  ...base,
  test: {
    ...base.test,
    include: ["packages/*/test/browser/**/*.test.ts"],
    exclude: ["**/node_modules/**"],
    expect: { poll: { timeout: 10_000 } },
  },
});
