import { choose, pick, settle, show, texts } from "./page.mjs";

/** Every figure that puts countries, regions or topics in an order, of each run: how many dots it has, and what stands with it. */
export async function refused(open) {
  const start = await open({ reducedMotion: "reduce" });
  await settle(start);
  const offered = await start.getByLabel("Model", { exact: true }).locator("option").evaluateAll((options) => options.map((option) => [option.value, option.textContent]));
  const runs = [];
  for (const [value, model] of offered) {
    await start.getByLabel("Model", { exact: true }).selectOption(value);
    await settle(start);
    const page = await open({ reducedMotion: "reduce", hash: `${new URL(start.url()).hash}&country=Germany` });
    await show(page, "ranking-section");
    const orders = {};
    for (const name of ["country", "region", "topic", "study"]) {
      await pick(page, "One line per", name);
      orders[name] = await order(page);
    }
    await pick(page, "One line per", "country");
    for (const measure of (await texts(page, "#ranking .field option")).slice(1)) {
      await choose(page, "By", measure, "#ranking");
      orders[measure] = await order(page);
    }
    await show(page, "reported-section");
    await settle(page);
    const reported = { said: await page.locator("#reported .refusal").textContent(), text: await page.locator("#reported").evaluate((panel) => panel.innerText), captions: await texts(page, "#reported figure:not([hidden] *) figcaption") };
    const topics = await texts(page, "#country figcaption");
    runs.push({ model, orders, reported, topics });
    await page.context().close();
  }
  return { runs };
}

const order = (page) => page.locator("#ranking").evaluate((ranking) => ({
  dots: ranking.querySelectorAll(".dots circle").length, said: ranking.querySelector(".caveat").textContent, caption: ranking.querySelector("figcaption").textContent,
}));
