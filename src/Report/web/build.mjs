// Bundles the page's script and style sheet into the folder given: node build.mjs FOLDER
import { build } from "esbuild";
import { readFileSync } from "node:fs";

const folder = process.argv[2];
if (!folder) throw new Error("usage: node build.mjs FOLDER");

const options = { bundle: true, minify: true, outdir: folder, target: "es2022", charset: "ascii", logLevel: "warning" };
const script = { ...options, entryPoints: { report: "src/main.ts" }, format: "iife" };
const { metafile } = await build({ ...script, metafile: true, write: false });

// The licences of what is bundled travel with it.
const packages = new Set(Object.keys(metafile.inputs).flatMap((path) => path.match(/^node_modules\/((?:@[^/]+\/)?[^/]+)\//)?.[1] ?? []));
const licences = [...packages].sort().map((name) => `${name}\n\n${licenceOf(name)}`);
await build({ ...script, banner: { js: `/*!\n${licences.join("\n\n")}\n*/` } });
await build({ ...options, entryPoints: ["report.css"] });

function licenceOf(name) {
  const text = readFileSync(`node_modules/${name}/LICENSE`, "utf8").trim();
  if (text.includes("*/") || text.includes("<")) throw new Error(`The licence of ${name} cannot stand in a script comment.`);
  return text;
}
