import { settle } from "./page.mjs";

/** Width of A4 less margins of 12 mm, in CSS pixels. */
const paperWidth = 703;

/** What reaches the paper of each run, printed from the dark theme and from a wide window. */
export async function printed(open) {
  const start = await open({ reducedMotion: "reduce" });
  await settle(start);
  const models = await start.getByLabel("Model", { exact: true }).locator("option").evaluateAll((options) => options.map((option) => [option.value, option.textContent]));
  const sheets = [];
  for (const [value, model] of models) {
    await start.getByLabel("Model", { exact: true }).selectOption(value);
    await settle(start);
    for (const width of [1280, 2560]) {
      const page = await open({ reducedMotion: "reduce", colorScheme: "dark", viewport: { width, height: 900 }, hash: new URL(start.url()).hash });
      await page.waitForFunction(() => document.querySelectorAll("#reported svg").length > 0 && document.querySelectorAll("#explorer svg").length > 0);
      await settle(page);
      // What is drawn at once reaches the paper, as wide as it is then.
      const widths = await page.evaluate(async () => {
        dispatchEvent(new Event("beforeprint"));
        for (let i = 0; i < 50; i++) await null;
        return [...document.querySelectorAll("figure svg")].filter((svg) => svg.checkVisibility()).map((svg) => Number(svg.getAttribute("width") ?? 0));
      });
      await page.emulateMedia({ media: "print", colorScheme: "dark" });
      await page.setViewportSize({ width: paperWidth, height: 1000 });
      await settle(page);
      sheets.push({ model, width, widest: Math.max(...widths), ...await page.evaluate(read) });
      await page.context().close();
    }
  }
  return { sheets };
}

/** Runs in the page. */
function read() {
  const visible = (element) => element.checkVisibility() && element.getBoundingClientRect().width > 0;
  const texts = [...document.querySelectorAll("h1, h2, h3, h4, p, dt, dd, li, th, td, text, summary, figcaption")]
    .filter((element) => visible(element) && !element.closest(".unseen") && element.textContent.trim() !== "");
  const cut = texts.filter((element) => {
    const box = element.getBoundingClientRect();
    const frame = element.closest(".table")?.getBoundingClientRect();
    return box.right > document.documentElement.clientWidth + 2 || box.left < -2 || (frame && box.right > frame.right + 1);
  }).map((element) => element.textContent);
  const over = [];
  for (const drawing of document.querySelectorAll(".ruler, .plot, .position, .small-maps")) {
    const boxes = [...drawing.querySelectorAll("text")].map((text) => ({ text: text.textContent, box: text.getBoundingClientRect() })).filter(({ text, box }) => text && box.width > 0);
    boxes.forEach((a, i) => boxes.slice(i + 1).forEach((b) => {
      const across = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
      const down = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top);
      if (across > 1 && down > 0.4 * Math.min(a.box.height, b.box.height)) over.push(`${a.text} | ${b.text}`);
    }));
  }
  const small = texts.filter((element) => element.matches("text") && element.getBoundingClientRect().height < 10).map((element) => element.textContent);
  const empty = [...document.querySelectorAll("main > section")].filter((section) => {
    const heading = section.querySelector("h2");
    return heading && section.innerText.replace(heading.innerText, "").trim() === "" && ![...section.querySelectorAll("svg")].some(visible);
  }).map((section) => section.id);
  return {
    cut, over, small, empty, told: document.getElementById("head").innerText, compared: document.getElementById("compare").innerText,
    order: document.querySelectorAll("#compare .dots circle").length, ranked: document.querySelectorAll("#ranking .dots circle").length,
    closed: [...document.querySelectorAll("details:not([open]) > summary")].filter(visible).map((summary) => summary.textContent),
    orders: texts.filter((element) => /\b(Click|Choose|choose)\b/.test(element.innerText ?? "")).map((element) => element.innerText),
    background: getComputedStyle(document.body).backgroundColor,
    dark: [...document.querySelectorAll("main *")].filter((element) => visible(element) && /^rgb\((\d|[1-5]\d), /.test(getComputedStyle(element).backgroundColor)).map((element) => element.className),
  };
}
