// A page as a reader prints it, on A4: node paper.mjs PAGE.html PAPER.pdf [light|dark [#address]]
import { launch, open } from "./browser.mjs";
import { settle } from "./page.mjs";

const [file, paper, colorScheme = "light", hash = ""] = process.argv.slice(2);
if (!file || !paper) throw new Error("usage: node paper.mjs PAGE.html PAPER.pdf [light|dark [#address]]");
const browser = await launch();
try {
  const { page, complaints } = await open(browser, file, { colorScheme, hash, reducedMotion: "reduce" });
  await settle(page);
  await page.pdf({ path: paper, format: "A4", printBackground: false, margin: { top: "12mm", bottom: "12mm", left: "12mm", right: "12mm" } });
  if (complaints.length > 0) throw new Error(complaints.join("\n"));
} finally {
  await browser.close();
}
