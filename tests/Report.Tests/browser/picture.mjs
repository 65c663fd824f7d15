// A picture of a page: node picture.mjs PAGE.html PICTURE.png [width height light|dark [#address]]
import { launch, open } from "./browser.mjs";
import { settle } from "./page.mjs";

const [file, picture, width = "1280", height = "860", colorScheme = "light", hash = ""] = process.argv.slice(2);
if (!file || !picture) throw new Error("usage: node picture.mjs PAGE.html PICTURE.png [width height light|dark [#address]]");
const browser = await launch();
try {
  const { page, complaints } = await open(browser, file, { viewport: { width: Number(width), height: Number(height) }, colorScheme, hash, reducedMotion: "reduce" });
  await settle(page);
  await settle(page);
  await page.screenshot({ path: picture });
  if (complaints.length > 0) throw new Error(complaints.join("\n"));
} finally {
  await browser.close();
}
