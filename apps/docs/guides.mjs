/**
 * Renders the guides to stand beside the reference that Redoc has built: `guides.mjs [GUIDES] [OUTPUT]`. The start page, `index.md`, links all
 * of them, and the navigation has its order. It ends with 1, and says where, if a link or a picture is not there or a guide is linked from nowhere.
 */
import { copyFile, readdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import MarkdownIt from "markdown-it";

const [source = "guides", output = "dist"] = process.argv.slice(2);
const markdown = new MarkdownIt();
const { escapeHtml } = markdown.utils;
const bundle = createRequire(import.meta.url).resolve("@assay/spec/openapi.json");
const { paths } = JSON.parse(await readFile(bundle, "utf8"));
const operations = Object.values(paths).flatMap((path) => Object.values(path));
const word = /[\p{L}\p{N}]+/gu;
const faults = [];

const files = await readdir(source);
const names = files.filter((name) => name.endsWith(".md"));
const pictures = files.filter((name) => name.endsWith(".svg"));
const guides = new Map(await Promise.all(names.map(async (name) => [name, await readGuide(name)])));

async function readGuide(name) {
  const tokens = markdown.parse(await readFile(join(source, name), "utf8"), {});
  const headings = tokens.flatMap((token, at) => {
    if (token.type !== "heading_open") return [];
    const text = tokens[at + 1].content.replaceAll("`", "");
    const id = text.toLowerCase().match(word)?.join("-");
    token.attrSet("id", id);
    return [{ level: token.tag, text, id }];
  });
  const inline = tokens.flatMap(({ children }) => children ?? []);
  const links = inline.filter(({ type }) => type === "link_open");
  for (const token of inline.filter(({ type }) => type === "image")) {
    if (!pictures.includes(token.attrGet("src"))) faults.push(`${name}: there is no picture ${token.attrGet("src")}`);
  }
  const title = headings.find(({ level }) => level === "h1")?.text;
  if (title === undefined) faults.push(`${name}: it has no title`);
  return { name, page: name.replace(/md$/, "html"), title, headings, links, tokens };
}

/** Where a link leads in what is built. A guide is linked as it is called here, an operation as `reference.html#operationId`. */
function targetOf(href, from) {
  if (href.startsWith("https://")) return href;
  const [file, fragment] = href.split("#");
  if (file === "reference.html") {
    const operation = operations.find(({ operationId }) => operationId === fragment);
    // Redoc's own spelling of its anchors.
    if (operation) return `${file}#/${operation.tags[0]}/${operation.operationId.toLowerCase()}`;
    return fragment === undefined ? file : undefined;
  }
  const guide = file === "" ? from : guides.get(file);
  if (fragment === undefined) return guide?.page;
  return guide?.headings.some(({ id }) => id === fragment) ? `${guide.page}#${fragment}` : undefined;
}

const list = (items) => `<ul>${items.map((item) => `<li>${item}</li>`).join("\n")}</ul>`;
const link = (href, text, mark = "") => `<a href="${href}"${mark}>${escapeHtml(text)}</a>`;

function navigationOf(current) {
  const entries = order.map((guide) => {
    if (guide !== current) return link(guide.page, guide.title);
    const sections = current === start ? [] : current.headings.filter(({ level }) => level === "h2");
    return (
      link(guide.page, guide.title, ' aria-current="page"') + list(sections.map(({ id, text }) => link(`#${id}`, text)))
    );
  });
  return list([...entries, link("reference.html", "API reference")]);
}

const start = guides.get("index.md");
const linked = start.links.map((token) => guides.get(token.attrGet("href"))).filter(Boolean);
const order = [...new Set([start, ...linked])];
for (const guide of guides.values()) if (!order.includes(guide)) faults.push(`index.md does not link ${guide.name}`);

const template = await readFile("guide.html", "utf8");
for (const guide of order) {
  for (const token of guide.links) {
    const href = token.attrGet("href");
    const target = targetOf(href, guide);
    if (target === undefined) faults.push(`${guide.name}: ${href} leads nowhere`);
    else token.attrSet("href", target);
  }
  const parts = {
    title: escapeHtml(guide === start ? guide.title : `${guide.title} · ${start.title}`),
    navigation: navigationOf(guide),
    content: markdown.renderer.render(guide.tokens, markdown.options, {}),
  };
  await writeFile(
    join(output, guide.page),
    template.replaceAll(/\{\{(\w+)\}\}/g, (_, name) => parts[name]),
  );
}
await copyFile("guide.css", join(output, "guide.css"));
if (source !== output) for (const name of pictures) await copyFile(join(source, name), join(output, name));

for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exit(1);
