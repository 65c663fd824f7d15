// Uses every control of a page and prints what is then drawn, as JSON: node observe.mjs PAGE.html SCENARIO [FILE OF THE SCENARIO]
import { launch, open } from "./browser.mjs";
import * as scenarios from "./scenarios.mjs";

const [file, name, ...more] = process.argv.slice(2);
const scenario = scenarios[name];
if (!file || !scenario) throw new Error(`usage: node observe.mjs PAGE.html ${Object.keys(scenarios).join("|")}`);
const browser = await launch();
try {
  const opened = [];
  const observed = await scenario(async (options) => {
    const it = await open(browser, file, options);
    opened.push(it);
    return it.page;
  }, ...more);
  console.log(JSON.stringify({ ...observed, complaints: opened.flatMap((it) => it.complaints) }));
} finally {
  await browser.close();
}
