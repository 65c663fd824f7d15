// What one binary of all later data would be: node onebinary.mjs PAGE.html ONE.html writes the page with one element in the place of
// many, to time its opening beside the page's own (measure.mjs). Panels below the map find no data there.
import { readFileSync, writeFileSync } from "node:fs";
import { gunzipSync, gzipSync } from "node:zlib";

const [file, to] = process.argv.slice(2);
if (!file || !to) throw new Error("usage: node onebinary.mjs PAGE.html ONE.html");
const page = readFileSync(file, "utf8");
const element = /<script type="application\/octet-stream" id="data-([^"]+)">([^<]*)<\/script>\n?/g;
const later = [...page.matchAll(element)].filter(([, name]) => name !== "overview" && name !== "atlas");
const blocks = later.map(([, , text]) => Buffer.from(text, "base64"));
const one = Buffer.concat(blocks).toString("base64");
const index = JSON.stringify(later.map(([, name], i) => [name, blocks[i].length]));
let put = false;
const rest = page.replace(element, (all, name) => {
  if (name === "overview" || name === "atlas") return all;
  const mine = put ? "" : `<script type="application/json" id="index">${index}</script><script type="application/octet-stream" id="data-all">${one}</script>`;
  put = true;
  return mine;
});
writeFileSync(to, rest);
const solid = gzipSync(Buffer.concat(blocks.map((block) => gunzipSync(block))), { level: 9 }).length;
const megabytes = (bytes) => `${(bytes / 1e6).toFixed(2)} MB`;
console.log(`${later.length} elements: ${megabytes(page.length)}; one element: ${megabytes(rest.length)}; compressed as a whole: ${megabytes(rest.length - one.length + Math.ceil(solid / 3) * 4)}`);
