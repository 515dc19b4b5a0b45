export { type Listener, listen } from "./listen.ts";
export { run } from "./run.ts";
export { type Service, serve } from "./serve.ts";
