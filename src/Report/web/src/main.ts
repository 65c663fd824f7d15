import { readBlock } from "./data/block.ts";
import { readOverview, type Overview } from "./data/overview.ts";
import { byId } from "./dom.ts";
import { plural } from "./format.ts";
import type { Shape } from "./map/atlas.ts";
import { dark, light } from "./map/colour.ts";
import { comparePanel } from "./panels/compare.ts";
import { measureControls, runControls } from "./panels/controls.ts";
import { countryPanel } from "./panels/country.ts";
import { headPanel, factsPanel } from "./panels/head.ts";
import { mapPanel } from "./panels/map.ts";
import { attach, type Changed, type Page, type Panel } from "./panels/panel.ts";
import { questionsPanel } from "./panels/questions.ts";
import { rankingPanel } from "./panels/ranking.ts";
import { reportedPanel } from "./panels/reported.ts";
import { addressOf, parseState, Store } from "./state/state.ts";

const darkness = matchMedia("(prefers-color-scheme: dark)");

async function start(): Promise<void> {
  const [overviewBlock, atlasBlock] = await Promise.all([readBlock("overview"), readBlock("atlas")]);
  const overview = readOverview(overviewBlock);
  const store = new Store(overview, parseState(overview, location.hash));
  const page: Page = { overview, store, shapes: atlasBlock.values as Shape[], palette: () => (darkness.matches ? dark : light) };

  const places: [string, Panel][] = [
    ["head", headPanel(page)],
    ["runs", runControls(page)],
    ["measures", measureControls(page)],
    ["map", mapPanel(page)],
    ["country", countryPanel(page)],
    ["ranking", rankingPanel(page)],
    ["compare", comparePanel(page)],
    ["reported", reportedPanel(page)],
    ["explorer", questionsPanel(page)],
    ["facts", factsPanel(page)],
  ];
  const updates = places.map(([id, panel]) => attach(page, byId(id), panel));
  const update = (changed: Changed) => updates.forEach((panel) => panel(changed));
  store.listen((state, changed) => {
    update(changed);
    const address = addressOf(overview, state);
    if (address !== location.hash) history.replaceState(null, "", address === "" ? location.pathname + location.search : address);
  });
  addEventListener("hashchange", () => {
    if (location.hash.includes("=") || location.hash === "") store.set(parseState(overview, location.hash));
  });
  darkness.addEventListener("change", () => update(new Set(["palette"] as const)));
  byId("left-out").textContent = leftOut(overview);
  document.documentElement.dataset["ready"] = "true";
}

function leftOut({ unscoredRuns, summarisedRuns }: Overview): string {
  return [
    ...(unscoredRuns > 0
      ? [
          `${plural(unscoredRuns, "more run")} in the results file ${unscoredRuns === 1 ? "has" : "have"} no similarities yet: `
            + `score ${unscoredRuns === 1 ? "it" : "them"} and make this page anew.`,
        ]
      : []),
    ...(summarisedRuns > 0
      ? [
          `To keep this page small, ${plural(summarisedRuns, "run is", "runs are")} shown without single answers; `
            + `the results file holds them.`,
        ]
      : []),
  ].join(" ");
}

// A failure is said on the page, and stays an error in the console.
start().catch((error: unknown) => {
  byId("left-out").textContent = `This page cannot show its data: ${error instanceof Error ? error.message : String(error)}`;
  throw error;
});
