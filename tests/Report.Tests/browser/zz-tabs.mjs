import { launch, open } from "./browser.mjs";
import { settle, show } from "./page.mjs";
const [file, hash=""] = process.argv.slice(2);
const b = await launch();
const { page } = await open(b, file, { hash, reducedMotion: "reduce" });
await settle(page);
for (const id of ["ranking-section","compare-section","reported-section","questions","reading"]) await show(page, id);
console.log(await page.evaluate(() => [...document.querySelectorAll("figure .drawing")].map((f, i) => `${i} ${f.closest("section").id} svg ${[...f.querySelectorAll("svg")].map(s => s.querySelectorAll("[tabindex='0'], a, button").length).join()} focusable ${[...f.querySelectorAll("svg *")].filter(e => e.tabIndex >= 0).length}`).join("\n")));
await b.close();
