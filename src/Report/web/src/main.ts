import { readBlock, wholePage } from "./data/block.ts";
import { readOverview, type Overview } from "./data/overview.ts";
import { byId, html } from "./dom.ts";
import { count, plural } from "./format.ts";
import type { Shape } from "./map/atlas.ts";
import { dark, light } from "./map/colour.ts";
import { comparePanel } from "./panels/compare.ts";
import { measureControls, runControls } from "./panels/controls.ts";
import { countryPanel } from "./panels/country.ts";
import { headPanel, factsPanel } from "./panels/head.ts";
import { mapPanel } from "./panels/map.ts";
import { modelsPanel } from "./panels/models.ts";
import { studyPanel } from "./panels/study.ts";
import { attach, type Changed, type Page, type Panel } from "./panels/panel.ts";
import { questionsPanel } from "./panels/questions.ts";
import { rankingPanel } from "./panels/ranking.ts";
import { reportedPanel } from "./panels/reported.ts";
import { nameOf } from "./state/names.ts";
import { addressOf, namesStranger, parseState, Store } from "./state/state.ts";

const darkness = matchMedia("(prefers-color-scheme: dark)");

async function start(): Promise<void> {
  const [overviewBlock, atlasBlock] = await Promise.all([readBlock("overview"), readBlock("atlas")]);
  const overview = readOverview(overviewBlock);
  const store = new Store(overview, parseState(overview, location.hash));
  const root = document.documentElement;
  const onPaper = () => root.dataset["paper"] === "true";
  const page: Page = {
    overview, store, shapes: atlasBlock.values as Shape[], onPaper,
    // Paper is white whatever the theme.
    palette: () => (darkness.matches && !onPaper() ? dark : light),
  };

  const first: [string, Panel][] = [
    ["head", headPanel(page)],
    ["runs", runControls(page)],
    ["measures", measureControls(page)],
    ["map", mapPanel(page)],
  ];
  const later: [string, Panel][] = [
    ["country", countryPanel(page)],
    ["ranking", rankingPanel(page)],
    ["study", studyPanel(page)],
    ["compare", comparePanel(page)],
    ["models", modelsPanel(page)],
    ["reported", reportedPanel(page)],
    ["explorer", questionsPanel(page)],
    ["facts", factsPanel(page)],
  ];
  const paper = (printing: boolean) => () => {
    root.dataset["paper"] = String(printing);
    update(new Set(["palette"] as const));
  };
  // Before the panels' own: those that are near are drawn at once, the others when it is their turn.
  addEventListener("beforeprint", paper(true));
  addEventListener("afterprint", paper(false));
  const updates = first.map(([id, panel]) => attach(page, byId(id), panel));
  const update = (changed: Changed) => updates.forEach((panel) => panel(changed));
  const status = byId("left-out");
  const say = () => { status.textContent = [...(namesStranger(overview, location.hash) ? [stranger] : []), leftOut(overview)].join(" "); };
  say();
  nameSummarised(overview);
  // What is copied before anything is chosen opens the same run too, whatever is stored later.
  history.replaceState(null, "", addressOf(store.state));
  store.listen((state, changed, passing) => {
    update(changed);
    const address = addressOf(state);
    if (address === location.hash) return;
    if (passing) history.replaceState(null, "", address);
    else history.pushState(null, "", address);
  });
  addEventListener("popstate", () => {
    say();
    store.set(parseState(overview, location.hash), true);
  });
  keepAddress();
  darkness.addEventListener("change", () => update(new Set(["palette"] as const)));
  await wholePage();
  updates.push(...later.map(([id, panel]) => attach(page, byId(id), panel)));
  root.dataset["ready"] = "true";
}

const stranger = "The link names a run that this page does not hold, perhaps since it was made from another results file: "
  + "the usual one is shown.";

/** Links within the page move there and leave the address, which holds what the reader chose, as it is. */
function keepAddress(): void {
  for (const link of document.querySelectorAll<HTMLAnchorElement>("a[href^='#']")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      const place = byId(link.getAttribute("href")!.slice(1));
      place.setAttribute("tabindex", "-1");
      place.scrollIntoView();
      place.focus({ preventScroll: true });
    });
  }
}

function leftOut({ unscoredRuns, runs }: Overview): string {
  const without = runs.filter((run) => !run.detail).length;
  return [
    ...(unscoredRuns > 0
      ? [
          `${plural(unscoredRuns, "more run")} in the results file ${unscoredRuns === 1 ? "has" : "have"} no similarities yet: `
            + `score ${unscoredRuns === 1 ? "it" : "them"} and make this page anew.`,
        ]
      : []),
    ...(without > 0
      ? [
          `To keep this page small, ${count(without)} of ${plural(runs.length, "run")} ${without === 1 ? "is" : "are"} shown without `
            + "single answers; the results file holds them.",
        ]
      : []),
  ].join(" ");
}

/** Which runs the page holds no single answers of. */
function nameSummarised({ runs }: Overview): void {
  const without = runs.filter((run) => !run.detail);
  if (without.length === 0) return;
  byId("left-out").after(html("details", { class: "more-found", id: "summarised" },
    html("summary", {}, `The ${plural(without.length, "run")} without single answers`),
    html("ul", { class: "found" }, ...without.map((run) => html("li", {}, nameOf(run))))));
}

// A failure is said on the page, and stays an error in the console.
start().catch((error: unknown) => {
  byId("left-out").textContent = `This page cannot show its data: ${error instanceof Error ? error.message : String(error)}`;
  throw error;
});
