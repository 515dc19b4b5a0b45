/** A server that does nothing: it reads the body and answers what the service answers to a new run, or to an evaluation, which is as long. */
import { createServer } from "node:http";

const body = '{"data":{"id":"RXhwZXJpbWVudFJ1bjoxMzQyMTc3Mjk="}}';

const server = createServer((request, response) => {
  request.on("data", () => {});
  request.on("end", () =>
    response.writeHead(200, { "content-type": "application/json", "content-length": body.length }).end(body),
  );
});
server.listen(Number(process.env.PORT), "127.0.0.1");
process.on("SIGTERM", () => process.exit());
