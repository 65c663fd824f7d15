import { settle, show, texts } from "./page.mjs";

/** What a page says of the runs whose single answers it does not hold; the address names one of them. */
export async function summarised(open) {
  const page = await open({ reducedMotion: "reduce", hash: "#country=Germany" });
  await settle(page);
  const said = await page.locator("#left-out").textContent();
  await page.locator("#summarised > summary").click();
  const named = await texts(page, "#summarised li");
  const runs = [];
  const models = page.getByLabel("Asked", { exact: true });
  for (const value of await models.locator("option").evaluateAll((options) => options.map((option) => option.value))) {
    await page.evaluate(() => scrollTo(0, 0));
    await models.selectOption(value);
    await settle(page);
    await settle(page);
    const [title, country] = [await page.locator("#map .map-title").textContent(), await page.locator("#country").textContent()];
    await show(page, "questions");
    const explorer = await page.locator("#explorer .question-detail").textContent();
    await show(page, "reading");
    runs.push({ title, country, explorer, facts: await page.locator("#facts .facts").first().textContent() });
  }
  return { said, named, runs };
}
