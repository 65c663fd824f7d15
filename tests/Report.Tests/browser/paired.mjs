// Differences of runs, and what map, ranking and ruler must agree on.
import { choose, countries, pick, settle, show, table, texts, view } from "./page.mjs";

/** The dots of the ranking: name, value, place along the axis, colour, and where the random guesser's stroke of the same line is. */
const dots = (page, place = "#ranking") => page.locator(`${place} .plot-frame`).evaluate((frame) => {
  const middle = (element) => { const box = element.getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2]; };
  const strokes = [...frame.querySelectorAll(".own path")].map(middle);
  return [...frame.querySelectorAll(".dots circle")].map((dot) => {
    const [x, y] = middle(dot);
    return { name: dot.dataset.name, value: Number(dot.dataset.value), x, colour: getComputedStyle(dot).fill, own: strokes.find((stroke) => Math.abs(stroke[1] - y) < 2)?.[0] ?? null, said: dot.getAttribute("aria-label") };
  });
});

/** The difference of a run that answered other questions from the run that it is compared with, on the map, in the list and side by side. */
export async function paired(open) {
  const page = await open({ reducedMotion: "reduce" });
  await choose(page, "Asked", "as someone from China");
  await view(page, "change");
  const map = {
    countries: await countries(page, "#map"), table: await table(page, "#map"), keys: await texts(page, "#map .keys li"), title: await page.locator("#map .map-title").textContent(),
    legend: await page.locator("#map .ruler-title").textContent(), none: await page.evaluate(() => getComputedStyle(document.querySelector("#map .key-none")).backgroundColor),
    unclear: await page.evaluate(() => getComputedStyle(document.querySelector("#map .key-unclear")).backgroundColor),
  };
  const controls = await page.locator("#measures .toolbar > :not(.change) input:enabled").count();
  await show(page, "ranking-section");
  await page.locator("#ranking .more").click().catch(() => {});
  await settle(page);
  const ranking = { dots: await dots(page), caveat: await page.locator("#ranking .caveat").textContent() };
  const head = await texts(page, "#head .found li");
  await page.evaluate(() => scrollTo(0, 0));
  await choose(page, "Compare with", "Model-A-1B, as someone from China (run 3)");
  await show(page, "compare-section");
  const sides = { left: await countries(page, "#compare .pair-of-maps > div:nth-child(1)"), right: await countries(page, "#compare .pair-of-maps > div:nth-child(2)"), said: await texts(page, "#compare .caveat"), paired: await table(page, "#compare", 1) };
  return { map, controls, ranking, sides, head };
}

/** Each measure on the map and in the ranking, with the marks of the ruler. */
export async function marks(open) {
  const page = await open({ reducedMotion: "reduce" });
  const seen = {};
  for (const name of ["Beyond guessing", "Plain mean", "Skill", "Rank"]) {
    await page.evaluate(() => scrollTo(0, 0));
    await settle(page);
    await pick(page, "Show", name);
    const map = await countries(page, "#map");
    const lines = await page.locator("#map .mark-label").evaluateAll((labels) => labels.map((label) => ({ key: label.dataset.line, low: Number(label.dataset.low), high: Number(label.dataset.high), text: label.textContent })));
    await show(page, "ranking-section");
    const gaps = await page.locator("#ranking .plot-frame [data-part='y-axis tick label'] text").evaluateAll((labels) => labels.map((label) => label.textContent));
    await page.locator("#ranking .more").click();
    await settle(page);
    seen[name] = { map, lines, gaps, dots: await dots(page) };
    await page.locator("#ranking .more").click();
  }
  return { seen };
}
