import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
export * from "./counts.mjs";
export * from "./firstscreen.mjs";
export * from "./holds.mjs";
export * from "./paired.mjs";
export * from "./pictures.mjs";
export * from "./printed.mjs";
export * from "./prompts.mjs";
export * from "./refused.mjs";
export * from "./sheets.mjs";
export * from "./study.mjs";
export * from "./summarised.mjs";
import { caption, choose, countries, download, pick, settle, show, table, texts, view } from "./page.mjs";

/** The map and its measures, the run's controls, and the difference between two runs. */
export async function map(open) {
  const page = await open({ reducedMotion: "reduce" });
  const measures = {};
  for (const [shown, unit] of [["Beyond guessing", "bits"], ["Beyond guessing", "nats"], ["Plain mean", "bits"], ["Plain mean", "nats"], ["Plain mean", "1 \u2212 JSD"], ["Skill", null], ["Rank", null]]) {
    await pick(page, "Show", shown);
    if (unit) await pick(page, "Unit", unit);
    measures[`${shown} ${unit ?? ""}`.trim()] = {
      table: await table(page, "#map"), countries: await countries(page, "#map"),
      lines: await page.locator("#map .mark-label").evaluateAll((labels) => labels.map((label) => [label.dataset.line, label.textContent])),
    };
  }
  await pick(page, "Show", "Beyond guessing");
  await pick(page, "Unit", "bits");
  const plain = await caption(page, "#map");

  await choose(page, "Model", "Model-B-2B");
  const model = { caption: await caption(page, "#map"), table: await table(page, "#map"), head: await page.locator(".lede").textContent() };
  await choose(page, "Asked", "as someone from China");
  const asked = { caption: await caption(page, "#map"), base: await page.getByLabel("Compare with").evaluate((list) => list.value), address: page.url() };
  await view(page, "change");
  const change = { caption: await caption(page, "#map"), table: await table(page, "#map"), countries: await countries(page, "#map") };
  await view(page, "before");
  const before = { caption: await caption(page, "#map"), countries: await countries(page, "#map") };
  await view(page, "now");

  await page.getByRole("button", { name: "Animate" }).click();
  await settle(page);
  const played = [(await countries(page, "#map"))[0].said];
  await page.waitForTimeout(1700);
  played.push((await countries(page, "#map"))[0].said);
  await page.getByRole("button", { name: "Stop" }).click();

  await choose(page, "Asked", "as itself");
  await choose(page, "Options put", "mean over all rotations of the options");
  const order = await caption(page, "#map");
  await choose(page, "Compare with", "nothing");
  const alone = { address: page.url(), hidden: await page.locator(".change").isHidden() };
  return { measures, plain, model, asked, change, before, played, order, alone };
}

/** What the page says before anything is chosen, and the numbers that it says it by. */
export async function verdict(open) {
  const page = await open({ reducedMotion: "reduce" });
  await settle(page);
  const head = {
    said: await page.locator(".lede").textContent(),
    facts: Object.fromEntries(await page.locator("#head .facts > div").evaluateAll((facts) => facts.map((fact) => [fact.children[0].textContent, fact.children[1].textContent]))),
    warnings: await texts(page, "#head .warning"),
  };
  const controls = await page.locator("#measures").evaluate((all) => ({
    chosen: [...all.querySelectorAll(".toolbar > :not(.change) input:checked + label")].map((label) => label.textContent), off: [...all.querySelectorAll(".toolbar > :not(.change) input:disabled + label")].map((label) => label.textContent),
  }));
  // Those who are put forward before a country is chosen.
  const forward = await texts(page, "#country .short-list li");
  const refusals = await texts(page, "#map .refusal:not(:empty), #country .refusal");
  const map = { legend: await page.locator("#map .ruler-title").textContent(), table: await table(page, "#map"), countries: await countries(page, "#map") };
  await page.locator("#map .world [tabindex='0']").focus();
  await page.keyboard.press("Home");
  const tooltip = await texts(page, "#map .tooltip > *");
  await show(page, "ranking-section");
  await page.locator("#ranking .more").click().catch(() => {});
  await settle(page);
  const ranking = await page.locator("#ranking .plot-frame").evaluate((frame) => ({
    dots: [...frame.querySelectorAll(".dots circle")].map((dot) => [dot.dataset.name, Number(dot.dataset.value), dot.getAttribute("aria-label")]),
    places: [...frame.querySelectorAll(".places text")].map((text) => text.textContent),
    fills: [...frame.querySelectorAll(".dots circle")].map((dot) => dot.getAttribute("fill")),
  }));
  return { head, controls, map, tooltip, ranking, forward, refusals, caption: await caption(page, "#map"), caveat: await page.locator("#ranking .caveat").textContent() };
}

/** What the study found of orders and of a control, and what a second model reads in a text. */
export async function found(open) {
  const page = await open({ reducedMotion: "reduce" });
  const read = async () => {
    await settle(page);
    const folded = await page.locator("#head .more-found").evaluate((more) => (more.hidden ? null : more.querySelector("summary").textContent));
    return { said: await texts(page, "#head .found li"), folded };
  };
  const itself = await read();
  await choose(page, "Options put", "mean over all rotations of the options");
  const orders = await read();
  await choose(page, "Asked", "as a control: the options without the question");
  const control = await read();
  const written = await open({ reducedMotion: "reduce", hash: "#question=4" });
  await show(written, "questions");
  return { itself, orders, control, written: await texts(written, "#explorer .texts .note") };
}

/** One country, by mouse and by keyboard; prompting the model as it; the address as a link. */
export async function country(open) {
  const page = await open({ reducedMotion: "reduce" });
  const panel = async () => ({
    heading: await page.locator("#country h3").first().textContent(), big: await page.locator("#country .big").textContent(), facts: await texts(page, "#country .facts dd"),
    figures: await page.locator("#country .figures").textContent(), position: await page.locator("#country .position").getAttribute("aria-label"),
  });
  await page.locator("#map .country[data-country='Germany']").click({ force: true });
  await settle(page);
  await settle(page);
  const clicked = {
    ...(await panel()), topics: await table(page, "#country"), address: page.url(),
    rows: await page.locator("#country .agreement > li").evaluateAll((items) => items.map((item) => ({
      row: Number(item.querySelector("[data-row]").dataset.row), said: item.querySelector(".note").textContent, prompt: item.querySelector(".prompt pre, .prompt .note").textContent,
      shares: [...item.querySelectorAll(".pair tbody tr")].map((line) => [...line.children].map((cell) => cell.textContent)),
    }))),
  };
  await page.locator("#country .more").first().click();
  const more = await page.locator("#country .agreement").first().locator("> li").count();

  await page.locator("#map .world [tabindex='0']").focus();
  const walked = [];
  for (const key of ["Home", "ArrowRight", "End", "ArrowDown", "ArrowLeft"]) {
    await page.keyboard.press(key);
    walked.push(await page.locator("#map .tooltip").evaluate((tooltip) => tooltip.dataset.of));
  }
  await page.keyboard.press("Home");
  await page.keyboard.press("Enter");
  await settle(page);
  const entered = await page.locator("#country h3").first().textContent();

  const tiny = page.locator("#map .spot[data-country='Singapore']");
  await tiny.click({ force: true });
  await settle(page);
  const small = await panel();

  await page.locator("#map .country[data-country='China']").click({ force: true });
  await settle(page);
  await page.getByRole("button", { name: "See its stored answers as someone from China" }).click();
  await settle(page);
  await settle(page);
  const prompted = { caption: await caption(page, "#map"), note: (await texts(page, "#country .country-panel > div > .note"))[0], address: page.url() };
  const link = await open({ reducedMotion: "reduce", hash: new URL(page.url()).hash });
  await settle(link);
  const reopened = { caption: await caption(link, "#map"), heading: await link.locator("#country h3").first().textContent(), address: link.url() };
  await page.getByRole("button", { name: "Back to its answers as itself" }).click();
  await settle(page);
  const back = await caption(page, "#map");
  await page.getByRole("button", { name: "Close China" }).click();
  await settle(page);
  const closed = await texts(page, "#country .short-list li");
  return { clicked, more, walked, entered, small, prompted, reopened, back, closed, refused: await page.locator("#country .refusal").textContent() };
}

/** The list by the measures that the results file stores. */
export async function measures(open) {
  const page = await open({ reducedMotion: "reduce" });
  await show(page, "ranking-section");
  const offered = await page.getByLabel("By", { exact: true }).locator("option").allTextContents();
  const seen = {};
  for (const name of offered.slice(1)) {
    await choose(page, "By", name);
    seen[name] = {
      table: await table(page, "#ranking"), caption: await caption(page, "#ranking"),
      // From left to right.
      dots: await page.locator("#ranking .dots circle").evaluateAll((circles) => circles.sort((a, b) => a.getAttribute("cx") - b.getAttribute("cx")).map((circle) => Number(circle.dataset.value))),
    };
  }
  await choose(page, "By", offered[0]);
  const back = await table(page, "#ranking");
  await pick(page, "One line per", "study");
  const hidden = await page.getByLabel("By", { exact: true }).isHidden();
  await pick(page, "One line per", "country");
  await choose(page, "By", offered[1]);
  await choose(page, "Asked", "as someone from Chad");
  await settle(page);
  return { offered, seen, back, hidden, without: { heads: (await table(page, "#ranking")).heads, hidden: await page.getByLabel("By", { exact: true }).isHidden() } };
}

/** What the mean is worth, and what later studies report, by each stored measure. */
export async function reported(open) {
  const page = await open({ reducedMotion: "reduce", hash: "#country=Germany" });
  await show(page, "reported-section");
  const part = (title) => page.locator("#reported > div > div", { has: page.locator("h3", { hasText: title }) });
  const read = async (title) => {
    const place = part(title);
    if (await place.isHidden()) return null;
    await place.evaluate((element) => { document.getElementById("read")?.removeAttribute("id"); element.id = "read"; });
    return { ...(await table(page, "#read")), dots: await place.locator(".dots circle").count() };
  };
  const titles = ["What a plain mean", "Where people agree", "Difference from", "Steered towards", "How alike models"];
  const seen = {};
  for (const name of await page.getByLabel("Measure", { exact: true }).locator("option").allTextContents()) {
    await choose(page, "Measure", name);
    seen[name] = { parts: {}, even: await page.locator("#reported > div > p").last().textContent() };
    for (const title of titles) seen[name].parts[title] = await read(title);
  }
  return { seen };
}

/** The ranking by country and by group, and two runs side by side. */
export async function lists(open) {
  const page = await open({ reducedMotion: "reduce" });
  await show(page, "ranking-section");
  const dots = () => page.locator("#ranking .plot-frame").evaluate((frame) => ["dots", "parts"].flatMap((kind) => [...frame.querySelectorAll(`.${kind} circle`)]).map((circle) => [circle.dataset.name, Number(circle.dataset.value), Number(circle.getAttribute("cx"))]));
  const folded = (await dots()).length;
  await page.locator("#ranking .more").click();
  await settle(page);
  const unfolded = await dots();
  const groups = {};
  for (const name of ["region", "topic", "study"]) {
    await pick(page, "One line per", name);
    groups[name] = await table(page, "#ranking");
  }
  await pick(page, "One line per", "country");
  await page.locator("#ranking .dots circle").first().focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await settle(page);
  const chosen = await page.locator("#country h3").first().textContent();

  await show(page, "compare-section");
  const other = await page.getByLabel("Compare with").locator("option").evaluateAll((options) => options.map((option) => [option.value, option.textContent]));
  const wanted = other.find(([, text]) => text.startsWith("Model-A-1B, as itself (run"));
  await page.getByLabel("Compare with").selectOption(wanted[0]);
  await settle(page);
  await settle(page);
  const compared = { left: await countries(page, "#compare .pair-of-maps > div:nth-child(1)"), right: await countries(page, "#compare .pair-of-maps > div:nth-child(2)"), maps: await table(page, "#compare", 0), paired: await table(page, "#compare", 1), verdict: await page.locator("#compare .of-pair").textContent() };
  await page.locator("#compare .pair-of-maps > div:nth-child(1) .country[data-country='Brazil']").hover({ force: true });
  await settle(page);
  const linked = { words: await page.locator(".linked").textContent(), outline: await page.locator("#compare .pair-of-maps > div:nth-child(2) .outline").getAttribute("d") };
  return { folded, unfolded, groups, chosen, otherRun: Number(wanted[0]), compared, linked };
}

/** Search, filters, orders, one question with everybody's answers, and generated texts. */
export async function questions(open) {
  const page = await open({ reducedMotion: "reduce", hash: "#country=Germany" });
  await show(page, "questions");
  const found = () => page.locator("#explorer [role=status].note").first().textContent();
  const first = () => page.locator("#explorer .question-item").first().evaluate((item) => Number(item.dataset.row));
  const all = await found();
  await page.getByLabel("Search").fill("climate rights");
  await page.waitForTimeout(250);
  await settle(page);
  const searched = await found();
  await page.getByLabel("Search").fill("");
  await page.waitForTimeout(250);
  await choose(page, "Study", "WVS", "#explorer");
  const bySource = await found();
  await choose(page, "Topic", "media", "#explorer");
  const byBoth = await found();
  await choose(page, "Study", "all", "#explorer");
  await choose(page, "Topic", "all", "#explorer");
  const orders = {};
  for (const order of ["agree most", "agree least", "unlike everybody", "off the menu"]) {
    await pick(page, "Order", order);
    orders[order] = await first();
  }
  await pick(page, "Order", "survey");
  await page.locator("#explorer .question-item").nth(1).click();
  await settle(page);
  await settle(page);
  const detail = {
    title: await page.locator("#explorer .question-text").textContent(), options: await texts(page, "#explorer .options li"), offMenu: (await texts(page, "#explorer .question-detail > .note"))[1],
    headings: await texts(page, "#explorer h4"), people: await caption(page, "#explorer", 2), texts: await texts(page, "#explorer blockquote"), address: page.url(),
    figures: [await table(page, "#explorer", 0), await table(page, "#explorer", 1), await table(page, "#explorer", 2)],
    drawn: await page.locator("#explorer .multiples").last().evaluate((picture) => [...picture.querySelectorAll(".multiple")].map((one) => [one.querySelector(".multiple-title").textContent, [...one.querySelectorAll("[data-share]")].map((bar) => Number(bar.dataset.share))])),
  };
  await page.getByRole("button", { name: /^Show all \d+ (countries|samples of \d+ countries)$/ }).click().catch(() => {});
  await settle(page);
  const everybody = await page.locator("#explorer .multiples").last().locator(".multiple").count();
  return { all, searched, bySource, byBoth, orders, detail, everybody };
}

/** What a reader takes along. */
export async function exports(open) {
  const page = await open({ reducedMotion: "reduce", permissions: ["clipboard-read", "clipboard-write"] });
  const saved = {};
  for (const kind of ["CSV", "SVG", "PNG"]) {
    const { name, bytes } = await download(page, "#map", kind);
    saved[kind] = { name, bytes: bytes.length, text: kind === "PNG" ? bytes.subarray(1, 4).toString() : bytes.toString("utf8") };
  }
  const copied = {};
  for (const kind of ["CSV", "SVG", "PNG"]) {
    await page.locator("#map .said").evaluate((said) => { said.textContent = ""; });
    await page.locator("#map .menu summary").click();
    await page.locator("#map").getByRole("button", { name: `Copy ${kind}` }).click();
    await page.waitForFunction(() => document.querySelector("#map .said").textContent !== "");
    copied[kind] = { said: await page.locator("#map .said").textContent(), text: kind === "PNG" ? "" : (await page.evaluate(() => navigator.clipboard.readText())).slice(0, 200) };
    await page.locator("#map .menu").evaluate((menu) => { menu.open = false; });
  }
  return { saved, copied };
}

/** axe-core in both themes, with everything opened that can be opened; sideways scrolling from a phone to a large screen; print. */
export async function access(open) {
  const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  const violations = [];
  const wide = {};
  for (const [colorScheme, width] of [["light", 1280], ["dark", 1280], ["light", 320], ["dark", 3840]]) {
    const page = await open({ colorScheme, viewport: { width, height: width === 320 ? 640 : 900 }, reducedMotion: "reduce", hash: "#country=Germany&question=1", bypassCSP: true });
    for (const id of ["ranking-section", "compare-section", "questions", "reading"]) await show(page, id);
    await page.locator("details").evaluateAll((all) => all.forEach((details) => { details.open = true; }));
    await settle(page);
    wide[`${colorScheme} ${width}`] = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    await page.locator(".menu").evaluateAll((all) => all.forEach((menu) => { menu.open = false; }));
    await page.evaluate(source);
    const { violations: found } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
    violations.push(...found.filter((entry) => ["serious", "critical"].includes(entry.impact)).map((entry) => `${colorScheme} ${width}: ${entry.id}: ${entry.nodes.slice(0, 3).map((node) => `${node.html.slice(0, 160)} ${node.failureSummary.slice(0, 200)}`).join(" | ")}`));
  }
  const printed = await open({ reducedMotion: "reduce" });
  await printed.emulateMedia({ media: "print" });
  await printed.evaluate(() => dispatchEvent(new Event("beforeprint")));
  await settle(printed);
  await settle(printed);
  return { violations, wide, printed: await printed.locator("svg").count(), toolbar: await printed.locator(".toolbar").isVisible() };
}

/** Everything that a page with names of any kind shows. */
export async function names(open) {
  const page = await open({ reducedMotion: "reduce" });
  const before = await page.evaluate(() => document.querySelectorAll("script:not([type]), img, iframe, object, embed").length);
  const rows = (await table(page, "#map")).rows.map((row) => row[0]);
  await page.locator("#map .world [tabindex='0']").focus();
  await page.keyboard.press("Enter");
  for (const id of ["ranking-section", "compare-section", "questions", "reading"]) await show(page, id);
  await page.locator("#explorer .question-item").first().click();
  await settle(page);
  return {
    rows, title: await page.title(), heading: await page.locator("h1").textContent(), models: await texts(page, "#runs option"), notice: await page.locator(".notice").textContent(),
    question: await page.locator("#explorer .question-text").evaluate((element) => element.textContent), options: await page.locator("#explorer .options li").evaluateAll((items) => items.map((item) => item.textContent)),
    facts: await texts(page, "#facts dd"),
    added: (await page.evaluate(() => document.querySelectorAll("script:not([type]), img, iframe, object, embed, [onerror], [onload]").length)) - before, owned: await page.evaluate(() => "owned" in globalThis),
  };
}

/** What the panels say where the file lacks their data. */
export async function bare(open) {
  const page = await open({ reducedMotion: "reduce" });
  await page.locator("#map .world [tabindex='0']").focus();
  await page.keyboard.press("Enter");
  await settle(page);
  const country = await page.locator("#country").textContent();
  await show(page, "ranking-section");
  const ranking = await page.locator("#ranking .caveat").textContent();
  await pick(page, "One line per", "region");
  const region = await page.locator("#ranking .caveat").textContent();
  await show(page, "compare-section");
  const compare = await page.locator("#compare").textContent();
  await show(page, "questions");
  return { country, ranking, region, compare, questions: await page.locator("#explorer").textContent(), status: await page.locator("#left-out").textContent() };
}

/** A real run: the numbers behind the map, and the first country's best question with its prompt. */
export async function real(open) {
  const page = await open({ reducedMotion: "reduce" });
  await page.locator("#map .world [tabindex='0']").focus();
  await page.keyboard.press("Enter");
  await settle(page);
  await settle(page);
  const [heading, prompt, question] = [await page.locator("#country h3").textContent(), await page.locator("#country .prompt pre").first().textContent(), await page.locator("#country .question").first().getAttribute("data-row")];
  for (const id of ["ranking-section", "compare-section", "questions", "reading"]) await show(page, id);
  return { table: await table(page, "#map"), heading, prompt, question: Number(question), notice: await page.locator(".notice").textContent(), noise: await page.locator("#facts h3 + p").first().textContent() };
}
