import { caption, settle, show } from "./page.mjs";

/** Everything on the page that counts countries. */
export async function counts(open) {
  const page = await open({ reducedMotion: "reduce", hash: "#country=Germany" });
  const facts = await page.locator("#head .facts > div").evaluateAll((all) => all.map((fact) => [fact.firstChild.textContent, fact.lastChild.textContent]));
  await show(page, "ranking-section");
  const caveat = await page.locator("#ranking .caveat").textContent();
  const captions = [await caption(page, "#map"), await caption(page, "#ranking")];
  await page.locator("#ranking .more").click();
  for (const id of ["study-section", "compare-section", "models-section", "reported-section", "questions", "reading"]) await show(page, id);
  await page.locator("#explorer .question-item").nth(1).click();
  await settle(page);
  await settle(page);
  const counted = await page.evaluate(() => {
    const said = [document.body.innerText, ...[...document.querySelectorAll("[aria-label]")].map((element) => element.getAttribute("aria-label"))];
    return said.flatMap((text) => [...text.matchAll(/([\d,]+) (?:countries|country)\b/g)].map(([, number]) => Number(number.replaceAll(",", ""))));
  });
  return { first: Object.fromEntries(facts)["May be first"], caveat, captions, counted };
}
