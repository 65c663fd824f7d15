// The study's picture: the ways in which a model was asked, as small maps.
import { show, table, texts, settle, view } from "./page.mjs";

/** Every small map: its heading, what is said of it, and the colours of its countries. */
const maps = (page) => page.locator("#study .small-maps").evaluate((picture) => {
  let heading = null;
  const seen = [];
  for (const part of picture.children) {
    if (part.classList.contains("small-heading")) heading = part.textContent;
    else if (part.classList.contains("small-map")) seen.push({
      heading, said: part.getAttribute("aria-label"), chosen: part.classList.contains("chosen-map"),
      countries: [...part.querySelectorAll("[data-country]")].map((area) => ({ label: area.dataset.country, colour: area.style.fill })),
    });
  }
  return seen;
});

export async function study(open) {
  const page = await open({ reducedMotion: "reduce" });
  await settle(page);
  const offered = await page.getByLabel("Compare with").locator("optgroup").evaluateAll((groups) => groups.map((group) => group.label));
  const switches = await texts(page, "#measures .change .segments label");
  const asked = await page.getByLabel("Asked", { exact: true }).locator("optgroup").evaluateAll((groups) => groups.map((group) => group.label));
  await show(page, "study-section");
  const values = { maps: await maps(page), table: await table(page, "#study") };
  await page.locator("#study .small-map").first().focus();
  for (const key of ["ArrowRight", "ArrowRight", "Enter"]) await page.keyboard.press(key);
  // A panel that is out of sight is drawn when it comes into it.
  await page.evaluate(() => scrollTo(0, 0));
  await page.waitForFunction(() => document.querySelector("#map .map-title").textContent.includes("someone from"));
  await settle(page);
  const chosen = { address: page.url(), title: await page.locator("#map .map-title").textContent(), switches: await texts(page, "#measures .change .segments label") };
  await page.evaluate(() => scrollTo(0, 0));
  await settle(page);
  await view(page, "change");
  await show(page, "study-section");
  await settle(page);
  const stops = await page.locator("#study .drawing").evaluate((drawing) => [...drawing.querySelectorAll("svg *")].filter((element) => element.tabIndex >= 0).length);
  return { offered, asked, switches, values, chosen, stops, differences: { maps: await maps(page), table: await table(page, "#study") }, unclear: await page.evaluate(() => getComputedStyle(document.querySelector("#study .key-unclear")).backgroundColor) };
}
