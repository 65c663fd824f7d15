// Bundles the page's parts into the folder given: node build.mjs FOLDER
import { build } from "esbuild";
import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

if (!process.argv[2]) throw new Error("usage: node build.mjs FOLDER");
const folder = resolve(process.argv[2]);

const options = { bundle: true, minify: true, outdir: folder, target: "es2022", charset: "ascii", logLevel: "warning", loader: { ".woff2": "dataurl" } };
const script = { ...options, entryPoints: { report: "src/main.ts" }, format: "iife" };
const { metafile } = await build({ ...script, metafile: true, write: false });

// The licences of what is bundled travel with it.
const packages = new Set([...Object.keys(metafile.inputs).flatMap((path) => path.match(/^node_modules\/((?:@[^/]+\/)?[^/]+)\//)?.[1] ?? []),
  "world-atlas", "@fontsource-variable/inter", "@fontsource-variable/source-serif-4"]);
const licences = [...packages].sort().map((name) => `${name}\n\n${licenceOf(name)}`);
await build({ ...script, banner: { js: `/*!\n${licences.join("\n\n")}\n*/` } });
await build({ ...options, entryPoints: ["report.css"] });

// The world, projected here and not in every reader's browser.
await build({ entryPoints: ["src/map/atlas.ts"], outfile: `${folder}/atlas.mjs`, bundle: true, format: "esm", platform: "node", logLevel: "warning" });
const { shapesOf } = await import(pathToFileURL(`${folder}/atlas.mjs`).href);
const [fine, coarse] = ["50m", "110m"].map((scale) => JSON.parse(readFileSync(`node_modules/world-atlas/countries-${scale}.json`, "utf8")));
writeFileSync(`${folder}/atlas.json`, JSON.stringify(shapesOf(fine, coarse)));

// The one style element that Observable Plot writes into its drawings, so that the page's policy can name its hash.
const plot = readFileSync("node_modules/@observablehq/plot/src/plot.js", "utf8");
const inline = plot.match(/append\("style"\)\.text\(\s*`([^`]*)`/)?.[1];
const name = readFileSync("src/figures/plot.ts", "utf8").match(/plotClass = "(\w+)"/)?.[1];
if (!inline || !name) throw new Error("The style element of Observable Plot was not found; its version has changed it.");
writeFileSync(`${folder}/plot.css`, inline.replaceAll("${className}", name));

function licenceOf(name) {
  // "<" could end the script that carries the text.
  const text = readFileSync(`node_modules/${name}/LICENSE`, "utf8").trim().replaceAll("<", "(").replaceAll(">", ")");
  if (text.includes("*/")) throw new Error(`The licence of ${name} cannot stand in a script comment.`);
  return text;
}
