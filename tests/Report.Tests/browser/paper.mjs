// A page as a reader prints it, on A4: node paper.mjs PAGE.html PAPER.pdf [light|dark [#address]]
import { writeFileSync } from "node:fs";
import { launch, open } from "./browser.mjs";
import { print } from "./sheets.mjs";

const [file, paper, colorScheme = "light", hash = ""] = process.argv.slice(2);
if (!file || !paper) throw new Error("usage: node paper.mjs PAGE.html PAPER.pdf [light|dark [#address]]");
const browser = await launch();
try {
  const { page, complaints } = await open(browser, file, { colorScheme, hash, reducedMotion: "reduce" });
  writeFileSync(paper, await print(page));
  if (complaints.length > 0) throw new Error(complaints.join("\n"));
} finally {
  await browser.close();
}
