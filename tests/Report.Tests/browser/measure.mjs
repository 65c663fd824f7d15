// Times a page as a reader feels it: node measure.mjs PAGE.html [OTHER.html]. Quiet machine; medians of several loads and of several uses.
// Of the other page the opening alone, in turns with the first.
import { statSync } from "node:fs";
import { launch, open } from "./browser.mjs";
import { settle, show } from "./page.mjs";

const [file, other] = process.argv.slice(2);
if (!file) throw new Error("usage: node measure.mjs PAGE.html [OTHER.html]");
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const browser = await launch();

const files = other ? [file, other] : [file];
const loads = new Map(files.map((name) => [name, []]));
for (let i = 0; i < 5; i++) {
  for (const name of files) {
    const { page, context } = await open(browser, name);
    await settle(page);
    loads.get(name).push(await page.evaluate(() => ({
      paint: performance.getEntriesByName("first-contentful-paint")[0].startTime,
      map: performance.getEntriesByName("map-drawn")[0].startTime,
    })));
    await context.close();
  }
}
for (const [name, times] of loads) {
  console.log(`${name}: ${(statSync(name).size / 1e6).toFixed(1)} MB; ${browser.version()}`);
  console.log(`first contentful paint  ${median(times.map((load) => load.paint)).toFixed(0)} ms`);
  console.log(`map drawn and usable    ${median(times.map((load) => load.map)).toFixed(0)} ms`);
}

// An interaction: from the event to the end of the page's own work, then to the next frame.
const { page } = await open(browser, file, { reducedMotion: "reduce", hash: "#country=Germany" });
// Each use is one of two that undo each other, so that every one of them changes what is drawn.
const uses = [
  ["show: rank / beyond", null, "input[value=rank]", "input[value=beyond]"],
  ["unit: nats / bits", null, "input[value=nats]", "input[value=bits]"],
  ["a country / another", null, "#map [data-country='France']", "#map [data-country='Germany']"],
  ["a model / another", null, "#runs .field:nth-child(2) select", null],
  ["asked as this / as that", null, "#runs .field:nth-child(3) select", null],
  ["difference map / now", null, "input[value=change]", "input[value=now]"],
  ["ranking: all / ends", "ranking-section", "#ranking .more", "#ranking .more"],
  ["beside it", "compare-section", "#runs .field:nth-child(6) select", null],
  ["a question / another", "questions", "#explorer li:nth-child(4) .question-item", "#explorer li:nth-child(5) .question-item"],
  ["one study / all", "questions", "#explorer .controls .field:nth-child(2) select", null],
  ["order: off menu / survey", "questions", "input[value=off-menu]", "input[value=survey]"],
];
for (const [name, place, first, second] of uses) {
  if (place) await show(page, place);
  const times = [];
  for (let i = 0; i < 10; i++) {
    times.push(await page.evaluate(([selector, list]) => new Promise((done) => {
      const target = document.querySelector(selector);
      const start = performance.now();
      if (list !== null) {
        target.selectedIndex = (list + 1) % target.options.length;
        target.dispatchEvent(new Event("change", { bubbles: true }));
      } else if (target instanceof HTMLInputElement) {
        target.checked = true;
        target.dispatchEvent(new Event("change", { bubbles: true }));
      } else {
        target.dispatchEvent(new MouseEvent("click", { bubbles: true }));
      }
      const work = performance.now() - start;
      requestAnimationFrame(() => setTimeout(() => done([work, performance.now() - start]), 0));
    }), [second !== null && i % 2 === 1 ? second : first, second === null ? i % 2 : null]));
    await settle(page);
  }
  const [work, frame] = [0, 1].map((at) => times.map((time) => time[at]));
  console.log(`${name.padEnd(25)} ${median(work).toFixed(1).padStart(5)} ms work, ${median(frame).toFixed(1).padStart(5)} ms to the next frame (longest ${Math.max(...work).toFixed(1)}, ${Math.max(...frame).toFixed(1)})`);
}
await browser.close();
