import { settle } from "./page.mjs";

/** What a reader sees of each run before scrolling, at three widths and in both themes. */
export async function firstScreen(open) {
  const start = await open({ reducedMotion: "reduce" });
  await settle(start);
  const offered = await start.getByLabel("Model", { exact: true }).locator("option").evaluateAll((options) => options.map((option) => [option.value, option.textContent]));
  const screens = [];
  for (const [value] of offered) {
    await start.getByLabel("Model", { exact: true }).selectOption(value);
    await settle(start);
    const hash = new URL(start.url()).hash;
    for (const width of [390, 1280, 2560]) for (const colorScheme of ["light", "dark"]) {
      const page = await open({ reducedMotion: "reduce", colorScheme, viewport: { width, height: width === 390 ? 844 : width === 1280 ? 800 : 1440 }, hash });
      await settle(page);
      screens.push({ where: `${width} ${colorScheme}`, ...await page.evaluate(look) });
      await page.context().close();
    }
  }
  return { screens };
}

/** Runs in the page. */
function look() {
  const inView = (box) => box.width > 0 && box.height > 0 && box.top < innerHeight && box.bottom > 0;
  const seen = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const parent = node.parentElement;
    if (node.textContent.trim() === "" || parent.closest("option, script, style, figcaption, .unseen, [hidden]") || !parent.checkVisibility()) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    if (inView(box)) seen.push({ text: node.textContent, box, parent });
  }
  const over = [];
  seen.forEach((a, i) => seen.slice(i + 1).forEach((b) => {
    if (a.parent.closest("#country") || b.parent.closest("#country")) return;
    const across = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
    const down = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top);
    if (a.parent !== b.parent && across > 1 && down > 0.5 * Math.min(a.box.height, b.box.height) && a.parent.closest("p, dd, dt, li, text, label, figcaption") !== b.parent.closest("p, dd, dt, li, text, label, figcaption")) over.push(`${a.text} / ${b.text}`);
  }));
  const cut = [...document.querySelectorAll("h1, p, dt, dd, li, label, button, text, summary")].filter((element) => element.checkVisibility() && inView(element.getBoundingClientRect())
    && (element.getBoundingClientRect().right > document.documentElement.clientWidth + 1 || (getComputedStyle(element).textOverflow === "ellipsis" && element.scrollWidth > element.clientWidth + 1)))
    .map((element) => element.textContent);
  const empty = [...document.querySelectorAll("main section > div, #map, #country")].filter((element) => { const box = element.getBoundingClientRect(); return inView(box) && box.height > 120 && element.innerText.trim() === "" && !element.querySelector("svg"); }).map((element) => element.id);
  const verdict = document.querySelector("#head .lede").getBoundingClientRect();
  return {
    model: [...document.querySelectorAll("#runs .field")].find((field) => field.querySelector("label").textContent === "Model").querySelector("select").selectedOptions[0].textContent,
    said: document.querySelector("#head .lede").textContent, head: document.getElementById("head").innerText, verdictShown: verdict.top >= 0 && verdict.bottom <= innerHeight,
    text: seen.map(({ text }) => text).join("\n"), over, cut, empty,
  };
}
