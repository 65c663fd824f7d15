import { sheetsOf } from "./pdf.mjs";
import { settle } from "./page.mjs";

/** A page on A4 as a reader prints it, as the bytes of a PDF. */
export async function print(page) {
  await page.waitForFunction(() => document.querySelectorAll("#reading dd").length > 0 && document.querySelectorAll("#facts dd").length > 0);
  await settle(page);
  return page.pdf({ format: "A4", printBackground: false, margin: { top: "12mm", bottom: "12mm", left: "12mm", right: "12mm" } });
}

/** What reaches each sheet of the page, printed from the dark theme and a wide window: as it opens, and with a country chosen. */
export async function sheets(open) {
  const [printed, orders] = [{}, []];
  for (const [name, hash] of [["opened", ""], ["country", "#country=Germany&base=none"]]) {
    const page = await open({ reducedMotion: "reduce", colorScheme: "dark", viewport: { width: 1600, height: 900 }, hash });
    printed[name] = sheetsOf(await print(page));
    await page.emulateMedia({ media: "print" });
    orders.push(...await page.evaluate(() => document.body.innerText.split("\n").filter((line) => /\b(click|choose)\b/i.test(line))));
    await page.context().close();
  }
  return { printed, orders };
}
