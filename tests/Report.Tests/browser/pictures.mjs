import { readFileSync } from "node:fs";
import { pick, settle, show } from "./page.mjs";

const sections = ["ranking-section", "study-section", "compare-section", "models-section", "reported-section", "questions"];

/** The picture and the table that each figure of the page saves, with everything shown that can be. */
export async function pictures(open) {
  const page = await open({ reducedMotion: "reduce", hash: "#country=Germany&question=1" });
  await pick(page, "Show", "Plain mean");
  for (const id of sections) await show(page, id);
  await settle(page);
  const saved = [];
  // The page itself parses no markup.
  const reader = await page.context().newPage();
  for (const figure of await page.locator("figure").filter({ visible: true }).all()) {
    const name = await figure.locator(".menu summary").getAttribute("aria-label");
    const take = async (kind) => {
      await figure.locator(".menu").evaluate((menu) => { menu.open = true; });
      const [file] = await Promise.all([page.waitForEvent("download"), figure.getByRole("button", { name: `Save ${kind}` }).click()]);
      return readFileSync(await file.path(), "utf8");
    };
    const [svg, csv] = [await take("SVG"), await take("CSV")];
    await figure.locator(".menu").evaluate((menu) => { menu.open = false; });
    saved.push({ name, rows: csv.trim().split("\r\n").length - 1, ...await reader.evaluate(read, svg) });
  }
  return { saved };
}

/** Runs in a page of its own: what a picture's own letters say, and how far its drawings reach across it. */
function read(text) {
  const picture = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
  const own = [...picture.children].filter((child) => child.localName === "text");
  const drawings = [...picture.children].filter((child) => child.localName === "svg");
  const number = (element, name) => Number(element.getAttribute(name));
  const [width, height] = [number(picture, "width"), number(picture, "height")];
  return {
    title: own.filter((line) => number(line, "font-size") === 26).map((line) => line.textContent).join(" "),
    words: own.filter((line) => number(line, "font-size") === 13).map((line) => line.textContent).join(" "),
    drawings: drawings.length,
    reach: Math.max(...drawings.map((drawing) => number(drawing, "x") + number(drawing, "width"))) / width,
    below: Math.max(...own.map((line) => number(line, "y"))) / height,
    outside: own.filter((line) => number(line, "y") > height || number(line, "x") > width).length,
  };
}

/** Where Tab leads from the page's beginning until it comes round, with a country and a question chosen. */
export async function walk(open) {
  const page = await open({ reducedMotion: "reduce", hash: "#country=Germany&question=1" });
  for (const id of sections) await show(page, id);
  await page.evaluate(() => { scrollTo(0, 0); document.activeElement?.blur(); });
  const stops = [];
  for (let i = 0; i < 600; i++) {
    await page.keyboard.press("Tab");
    const stop = await page.evaluate(() => {
      const element = document.activeElement;
      if (element === null || element === document.body) return null;
      const drawing = element.closest("svg")?.closest("figure");
      const box = element.getBoundingClientRect();
      return {
        what: `${element.localName} ${(element.getAttribute("aria-label") ?? element.textContent).slice(0, 40)}`,
        figure: drawing ? drawing.querySelector(".menu summary").getAttribute("aria-label") : null,
        seen: box.width > 0 && box.height > 0, skip: element.matches(".skip"),
      };
    });
    if (stop === null || (stop.skip && stops.length > 0)) return { stops, out: true };
    stops.push(stop);
  }
  return { stops, out: false };
}
