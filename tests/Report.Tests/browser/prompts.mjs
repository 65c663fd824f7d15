import { readFileSync } from "node:fs";
import { settle, show } from "./page.mjs";

/** The prompts that the explorer shows for each address of a file (JSON): of several orders of the options all. */
export async function prompts(open, addresses) {
  const page = await open({ reducedMotion: "reduce" });
  await show(page, "questions");
  const shown = [];
  for (const { key, run, row } of JSON.parse(readFileSync(addresses, "utf8"))) {
    await page.evaluate((hash) => { location.hash = hash; }, `run=${key.slice(0, 16)}&question=${row}`);
    const details = page.locator(`#explorer .prompt[data-run="${run}"][data-row="${row}"]`);
    await details.locator("pre, .note").first().waitFor({ state: "attached" });
    const texts = [];
    const pre = details.locator("pre").first();
    while (await pre.count() > 0 && texts.length < 100) {
      // Not what is seen of it, but what it holds: blanks too.
      const text = await pre.evaluate((element) => element.textContent);
      if (texts.includes(text)) break;
      texts.push(text);
      const next = details.locator(".next-order");
      if (await next.count() > 0) await next.click();
    }
    const attribute = async (name) => (await pre.count() > 0 ? pre.getAttribute(name) : null);
    shown.push({
      run, row, texts, said: await details.locator(".said:not([hidden])").allTextContents(), notes: await details.locator(".note").allTextContents(),
      language: await attribute("lang"), direction: await attribute("dir"),
    });
  }
  await settle(page);
  return { shown };
}
