export { run } from "./run.ts";
export { type Service, serve } from "./serve.ts";
