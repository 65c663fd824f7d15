// How a reader uses the page, in a few words: each helper acts as a reader does and says what is then drawn.

/** Waits until nothing is being drawn: the page draws within a frame or two, and unpacks data when a panel first needs it. */
export const settle = (page) => page.evaluate(() => new Promise((done) => setTimeout(() => requestAnimationFrame(() => requestAnimationFrame(done)), 120)));

export async function show(page, id) {
  await page.evaluate((name) => document.getElementById(name).scrollIntoView({ behavior: "instant" }), id);
  await settle(page);
  await page.evaluate((name) => document.getElementById(name).scrollIntoView({ behavior: "instant" }), id);
  await settle(page);
}

export async function choose(page, label, text, within = "body") {
  const list = page.locator(within).getByLabel(label, { exact: true });
  const value = await list.locator("option").evaluateAll((options, wanted) => options.find((option) => option.textContent === wanted)?.value, text);
  if (value === undefined) throw new Error(`${label} offers no ${text}: ${await list.locator("option").allTextContents()}`);
  await list.selectOption(value);
  await settle(page);
}

export async function pick(page, legend, text) {
  // Units stand under Details.
  if (legend === "Unit") await page.locator(".units").evaluate((details) => { details.open = true; });
  await page.locator("fieldset", { has: page.locator("legend", { hasText: new RegExp(`^${legend}$`) }) }).locator("label", { hasText: new RegExp(`^${text}$`) }).click();
  await settle(page);
}

/** Of the two runs that are compared: the first (now), the second (before) or their difference (change). */
export async function view(page, value) {
  await page.locator(`#measures input[value=${value}] + label`).click();
  await settle(page);
}

/** The numbers behind the figure in a place: column heads and cells, as printed. */
export async function table(page, place, index = 0) {
  const figure = page.locator(`${place} figure`).nth(index);
  const numbers = figure.locator("details.numbers");
  if (!(await numbers.evaluate((element) => element.open))) await numbers.locator("summary").click();
  await settle(page);
  return numbers.evaluate((element) => ({
    heads: [...element.querySelectorAll("thead th")].map((cell) => cell.textContent),
    rows: [...element.querySelectorAll("tbody tr")].map((row) => [...row.children].map((cell) => cell.textContent)),
  }));
}

/** Every country that the map in a place colours: label, what is said of it, its colour, whether it is hatched. */
export const countries = (page, place) => page.locator(`${place} .world`).first().evaluate((world) =>
  [...world.querySelectorAll("[data-country]")].map((element) => ({
    label: element.dataset.country, said: element.getAttribute("aria-label"), hatched: element.nextElementSibling?.classList.contains("thin") ?? false,
    colour: getComputedStyle(element.querySelector(".dot") ?? element).fill,
  })));

export const caption = (page, place, index = 0) => page.locator(`${place} figcaption`).nth(index).textContent();

export const texts = (page, selector) => page.locator(selector).allTextContents();

export async function download(page, place, kind) {
  const figure = page.locator(`${place} figure`).first();
  await figure.locator(".menu summary").click();
  const [file] = await Promise.all([page.waitForEvent("download"), figure.getByRole("button", { name: `Save ${kind}` }).click()]);
  const { readFileSync } = await import("node:fs");
  const bytes = readFileSync(await file.path());
  await figure.locator(".menu").evaluate((menu) => { menu.open = false; });
  return { name: file.suggestedFilename(), bytes };
}
