/** Keeps Redoc's page from loading its maker's logo: it may load nothing, and each visit would leave an error in the console. */
import { readFile, writeFile } from "node:fs/promises";

const file = "dist/reference.html";
const logo = /https:\/\/cdn\.redoc\.ly\/redoc\/logo[\w-]*\.svg/g;
const page = await readFile(file, "utf8");
if (!logo.test(page)) throw new Error(`${file} has no logo any more: what looks for it can go`);
await writeFile(file, page.replaceAll(logo, "data:,"));
