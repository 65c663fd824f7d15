import { readData, type ReportData, type Run } from "./data.ts";
import { byId, html } from "./dom.ts";
import { count, nameOf } from "./format.ts";
import { drawFacts, drawSummary } from "./header.ts";
import { drawLegend } from "./legend.ts";
import { drawMap, missingFromMap } from "./map.ts";
import { describeNoise } from "./noise.ts";
import { chooseForMap, mean, rankCountries } from "./ranking.ts";
import { makeScale } from "./scale.ts";
import { drawTable } from "./table.ts";

function show(run: Run): void {
  const rows = rankCountries(run);
  const choices = chooseForMap(rows);
  const onMap = [...choices.values()].map((choice) => choice.row);
  const solid = onMap.filter((row) => !row.thin);
  // Thin countries are drawn on the others' scale, so that one odd question cannot wash out the rest.
  const measured = solid.length > 0 ? solid : onMap;
  const uniform = mean(measured.map((row) => row.uniformBits));
  const scale = makeScale([...measured.map((row) => row.bits), ...(uniform === null ? [] : [uniform])]);
  const label = `World map: similarity of ${run.model} to ${onMap.length} countries, in bits. The table below holds the same numbers.`;

  byId("summary").replaceChildren(drawSummary(run, rows));
  byId("facts").replaceChildren(drawFacts(run));
  byId("noise").textContent = describeNoise(run);
  byId("map").replaceChildren(drawMap(choices, scale, label), drawLegend(scale, uniform, run.thinBelow));
  byId("missing").textContent = missingNote(missingFromMap(choices));
  byId("table").replaceChildren(drawTable(run, rows));
  byId("notice").textContent = run.notice ?? "";
}

function missingNote(labels: string[]): string {
  return labels.length === 0 ? "" : `Too small for this map, but in the table: ${labels.join(", ")}.`;
}

function offerRuns(data: ReportData): void {
  if (data.unscoredRuns > 0) {
    byId("unscored").textContent = `${count(data.unscoredRuns)} more ${data.unscoredRuns === 1 ? "run" : "runs"} in the results file `
      + "without similarities yet.";
  }
  if (data.runs.length < 2) return;
  const select = html("select", { id: "run" }, ...data.runs.map((run, index) =>
    html("option", { value: index }, nameOf(run))));
  select.addEventListener("change", () => {
    const run = data.runs[Number(select.value)];
    if (run) show(run);
  });
  byId("runs").replaceChildren(html("label", { for: "run" }, "Run"), select);
}

const data = readData("data");
offerRuns(data);
if (data.runs[0]) show(data.runs[0]);
