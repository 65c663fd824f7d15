// Bundles the interpreter into the file given: node build.mjs FILE
import { build } from "esbuild";
import { readFileSync } from "node:fs";

if (!process.argv[2]) throw new Error("usage: node build.mjs FILE");

// The licence of what is bundled travels with it.
const licence = readFileSync("node_modules/@huggingface/jinja/LICENSE", "utf8").trim();
if (licence.includes("*/")) throw new Error("The licence of @huggingface/jinja cannot stand in a script comment.");
await build({
  entryPoints: ["chat.mjs"], outfile: process.argv[2], bundle: true, minify: true, format: "iife", globalName: "chat", target: "es2022",
  charset: "ascii", logLevel: "warning", banner: { js: `/*!\n@huggingface/jinja\n\n${licence}\n*/` },
});
