/**
 * Fetches a Chromium from the npm registry, which has it for Linux on x64, with a font and the few libraries that it needs beside libc, and
 * leaves a command that runs it in a folder: `chromium.mjs FOLDER`, with the folder as TMPDIR too, where the package unpacks itself.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const [, , folder] = process.argv;
const quietly = ["--no-audit", "--no-fund", "--loglevel=error"];
execFileSync("npm", ["install", "--prefix", folder, ...quietly, "@sparticuz/chromium@153.0.0"], { stdio: "inherit" });

const fetched = join(folder, "node_modules/@sparticuz/chromium");
const { inflate } = await import(join(fetched, "build/index.js"));
const [program, libraries, fonts] = await Promise.all(
  ["chromium.br", "al2023.tar.br", "fonts.tar.br"].map((name) => inflate(join(fetched, "bin", name))),
);
// The package's own looks for fonts in /tmp.
writeFileSync(join(fonts, "fonts.conf"), `<fontconfig><dir>${fonts}</dir><cachedir>${folder}</cachedir></fontconfig>`);
mkdirSync(join(folder, "bin"));
const script = `#!/bin/sh\nLD_LIBRARY_PATH="${libraries}/lib" FONTCONFIG_PATH="${fonts}" exec "${program}" "$@"\n`;
writeFileSync(join(folder, "bin/chromium"), script, { mode: 0o755 });
