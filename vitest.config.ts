import { defineConfig } from "vitest/config";

// The sources of our own packages, not what was built of them.
const resolve = { conditions: ["@assay/source", "node"], externalConditions: ["@assay/source", "node"] };

export default defineConfig({
  resolve,
  ssr: { resolve },
  test: {
    include: ["packages/*/test/**/*.test.ts", "apps/*/test/**/*.test.ts"],
    exclude: ["**/node_modules/**", "**/test/browser/**"], // vitest.browser.config.ts has these
    globalSetup: ["packages/contract-tests/src/global-setup.ts"],
    reporters: ["default", ["json", { outputFile: "node_modules/.vitest/results.json" }]], // .ci/run counts from the file
    maxWorkers: "100%", // by default a processor is left idle, of two the one half
    testTimeout: 30_000,
    expect: { poll: { timeout: 20_000 } }, // of a busy machine, too
    hookTimeout: 60_000,
    teardownTimeout: 300_000, // global-setup.ts looks at every statement at the end
  },
});
