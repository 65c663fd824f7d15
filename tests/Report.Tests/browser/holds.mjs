// What must hold of the page as a thing to point at, to tab through, to go back in, to link to and to print.
import { countries, pick, settle, show, texts } from "./page.mjs";

const sections = ["ranking-section", "compare-section", "models-section", "reported-section", "questions", "reading"];

/** Which countries a pointer can reach on the map, and what is meant at each small country's middle. */
export async function reach(open) {
  // All of the map is in the window: nothing else can be pointed at.
  const page = await open({ reducedMotion: "reduce", viewport: { width: 1280, height: 1200 } });
  await settle(page);
  return page.evaluate(() => {
    const world = document.querySelector("#map .world");
    const tooltip = () => document.querySelector("#map .tooltip")?.dataset.of ?? null;
    const meant = (x, y) => {
      (document.elementFromPoint(x, y) ?? world).dispatchEvent(new PointerEvent("pointermove", { clientX: x, clientY: y, bubbles: true }));
      return tooltip();
    };
    const all = [...world.querySelectorAll("[data-country]")];
    const found = new Set();
    const middles = {};
    for (const element of all) {
      const box = (element.querySelector(".dot") ?? element).getBoundingClientRect();
      if (element.classList.contains("spot")) middles[element.dataset.country] = meant(box.x + box.width / 2, box.y + box.height / 2);
      const step = Math.max(0.5, Math.min(box.width, box.height) / 12);
      for (let x = box.x; x <= box.right; x += step) for (let y = box.y; y <= box.bottom; y += step) found.add(meant(x, y));
    }
    return { wanted: all.map((element) => element.dataset.country), found: [...found], middles };
  });
}

/** Tab stops within each figure's drawing, after all has been shown and chosen in. */
export async function stops(open) {
  const page = await open({ reducedMotion: "reduce", hash: "#country=Germany" });
  const counted = [];
  for (const view of ["now", "again"]) {
    for (const id of sections) await show(page, id);
    await page.locator("#ranking .more").click();
    await settle(page);
    counted.push(...await page.locator("figure .drawing").evaluateAll((all) => all.map((drawing) => [...drawing.querySelectorAll("svg, svg *")].filter((element) => element.tabIndex >= 0).length)));
    if (view === "now") await pick(page, "Show", "Rank");
  }
  return { counted };
}

/** Back after two choices; links within the page; an address with a run that is not there. */
export async function back(open) {
  const page = await open({ reducedMotion: "reduce" });
  await settle(page);
  const start = new URL(page.url()).hash;
  await pick(page, "Show", "Plain mean");
  const first = new URL(page.url()).hash;
  await pick(page, "Unit", "nats");
  await show(page, "questions");
  await page.getByLabel("Search").fill("climate");
  await page.waitForTimeout(250);
  await page.locator("nav a", { hasText: "Ranking" }).click();
  await settle(page);
  const moved = { address: new URL(page.url()).hash, focus: await page.evaluate(() => document.activeElement.id) };
  const went = [];
  for (let i = 0; i < 2; i++) {
    await page.goBack();
    await settle(page);
    went.push(new URL(page.url()).hash);
  }
  const shown = await page.locator("#map .ruler-title").textContent();
  const stranger = await open({ reducedMotion: "reduce", hash: "#run=0123456789abcdef&country=Germany" });
  await settle(stranger);
  return { start, first, moved, went, shown, said: await stranger.locator("#left-out").textContent() };
}

/** Texts of drawings that lie over each other, at several widths and in every measure. */
export async function overlaps(open) {
  const found = [];
  let looked = 0;
  for (const width of [390, 1280, 2560]) {
    const page = await open({ reducedMotion: "reduce", viewport: { width, height: 900 }, hash: "#country=Germany" });
    for (const name of ["Beyond guessing", "Plain mean", "Skill", "Rank"]) {
      await page.evaluate(() => scrollTo(0, 0));
      await settle(page);
      await pick(page, "Show", name);
      for (const id of sections.slice(0, 4)) await show(page, id);
      const seen = await page.evaluate(() => {
        const over = [];
        let texts = 0;
        for (const drawing of document.querySelectorAll(".ruler, .plot, .position")) {
          const boxes = [...drawing.querySelectorAll("text")].map((text) => ({ text: text.textContent, box: text.getBoundingClientRect() })).filter(({ text, box }) => text && box.width > 0);
          texts += boxes.length;
          over.push(...boxes.filter(({ box }) => box.left < 0 || box.right > document.documentElement.clientWidth).map(({ text }) => `${text} is cut`));
          boxes.forEach((a, i) => boxes.slice(i + 1).forEach((b) => {
            const across = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
            const down = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top);
            // A line's box is taller than its letters.
            if (across > 1 && down > 0.4 * Math.min(a.box.height, b.box.height)) over.push(`${a.text} | ${b.text}`);
          }));
        }
        return { over, texts };
      });
      looked += seen.texts;
      found.push(...seen.over.map((pair) => `${width} ${name}: ${pair}`));
    }
  }
  return { found, looked };
}

/** A page of the dark theme on paper, without having been scrolled, beside the light one on the screen. */
export async function paper(open) {
  const lit = await open({ reducedMotion: "reduce", colorScheme: "light" });
  await settle(lit);
  const light = await countries(lit, "#map");
  const page = await open({ reducedMotion: "reduce", colorScheme: "dark" });
  await settle(page);
  const dark = await countries(page, "#map");
  await page.waitForFunction(() => document.querySelectorAll("#reported svg").length > 0 && document.querySelectorAll("#explorer svg").length > 0);
  await pick(page, "Show", "Plain mean");
  await pick(page, "Show", "Beyond guessing");
  const drawn = await page.evaluate(async () => {
    dispatchEvent(new Event("beforeprint"));
    // What is drawn once all promises that can be kept at once are kept reaches the paper.
    for (let i = 0; i < 50; i++) await null;
    return Object.fromEntries(["map", "ranking", "compare", "reported", "explorer"].map((id) => [id, document.querySelectorAll(`#${id} svg`).length]));
  });
  const printed = await countries(page, "#map");
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  const background = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await page.emulateMedia({ media: "screen", colorScheme: "dark" });
  await page.evaluate(() => dispatchEvent(new Event("afterprint")));
  await settle(page);
  const after = await countries(page, "#map");
  const colours = (all) => all.map((country) => country.colour);
  return { light: colours(light), dark: colours(dark), printed: colours(printed), after: colours(after), drawn, background, keys: await texts(page, "#map .keys li") };
}

/** The map of one part of the world: what is in view, in the tab order and in the address. */
export async function regions(open) {
  const page = await open({ reducedMotion: "reduce" });
  await settle(page);
  const offered = await page.getByLabel("Part of the world").locator("option").allTextContents();
  await page.getByLabel("Part of the world").selectOption("Europe");
  await settle(page);
  const seen = await page.locator("#map .world").evaluate((world) => {
    const frame = world.getBoundingClientRect();
    const inside = (element) => { const box = element.getBoundingClientRect(); return box.right > frame.left && box.left < frame.right && box.bottom > frame.top && box.top < frame.bottom; };
    return { inside: [...world.querySelectorAll("[data-country]")].filter(inside).map((element) => element.dataset.country), view: world.getAttribute("viewBox").split(" ").map(Number) };
  });
  await page.locator("#map .world [tabindex='0']").focus();
  const walked = [];
  for (let i = 0; i < 45; i++) {
    walked.push(await page.locator("#map .tooltip").evaluate((tooltip) => tooltip.dataset.of));
    await page.keyboard.press("ArrowRight");
  }
  const small = await page.locator("#map [data-country='Slovenia']").evaluate((element) => { const box = (element.querySelector(".dot") ?? element).getBoundingClientRect(); return [box.width, box.height]; });
  return { offered, ...seen, walked: [...new Set(walked)], small, address: page.url() };
}

/** Several samples of one country: its line in the ranking, its panel; disputed areas in each look. */
export async function samples(open) {
  const page = await open({ reducedMotion: "reduce", hash: "#country=Great+Britain" });
  await settle(page);
  const panel = {
    heading: await page.locator("#country h3").first().textContent(), facts: await page.locator("#country .facts").first().evaluate((list) => Object.fromEntries([...list.children].map((fact) => [fact.children[0].textContent, fact.children[1].textContent]))),
    parts: await page.locator("#country .parts li").evaluateAll((items) => items.map((item) => [item.querySelector("button").dataset.sample, item.querySelector("button").textContent, item.querySelector(".value").textContent])),
  };
  await page.locator("#country .parts button").first().click();
  await settle(page);
  const other = { heading: await page.locator("#country h3").first().textContent(), address: page.url() };
  await show(page, "ranking-section");
  await page.locator("#ranking .more").click();
  await settle(page);
  const ranking = await page.locator("#ranking .plot-frame").evaluate((frame) => ["dots", "parts"].map((kind) => [...frame.querySelectorAll(`.${kind} circle`)].map((circle) => {
    const box = circle.getBoundingClientRect();
    return [circle.dataset.name, Number(circle.dataset.value), Math.round(box.y + box.height / 2), circle.getAttribute("aria-label")];
  })));
  const looks = {};
  await page.evaluate(() => scrollTo(0, 0));
  await settle(page);
  for (const look of ["marked and named", "drawn like others", "without colour"]) {
    await page.getByLabel("Disputed areas").selectOption({ label: look });
    await settle(page);
    looks[look] = {
      marked: await page.locator("#map .world .disputed:not([hidden])").evaluateAll((areas) => areas.map((area) => area.dataset.area)), address: page.url(),
      taiwan: (await countries(page, "#map")).find((country) => country.label === "Taiwan"), keys: await texts(page, "#map .keys li"),
    };
  }
  const none = await page.evaluate(() => getComputedStyle(document.querySelector("#map .key-none")).backgroundColor);
  return { panel, other, ranking: { dots: ranking[0], parts: ranking[1] }, looks, none, rule: await page.locator("#map figcaption").textContent() };
}

/** The table of models, and how near each is to a country. */
export async function models(open) {
  const page = await open({ reducedMotion: "reduce", hash: "#country=Germany" });
  await show(page, "models-section");
  const rows = await page.locator("#models .beside tbody tr").evaluateAll((all) => all.map((row) => [...row.children].map((cell) => cell.textContent)));
  const dots = await page.locator("#models .dots circle").evaluateAll((circles) => circles.map((circle) => [circle.dataset.name, Number(circle.dataset.value)]));
  await page.locator("#models .dots circle").last().click({ force: true });
  await settle(page);
  return { rows, dots, chosen: await page.locator("#map .map-title").textContent() };
}
