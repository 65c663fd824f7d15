import assert from "node:assert/strict";
import { test } from "node:test";
import { chooseForMap, mean, rankCountries, sortRows } from "../src/ranking.ts";
import { country, run } from "./fixture.ts";

const rows = rankCountries(run([
  country("Britain", "GBR", 12, 0.70),
  country("Great Britain", "GBR", 20, 0.65),
  country("India (Non-national sample)", "IND", 24, 0.90, false),
  country("Chad", "TCD", 3, 0.95),
  country("France", "FRA", 24, 0.68),
  country("Nowhere", null, 24, 0.50),
]));

test("ranks run over national samples with enough questions; the others follow without one", () => {
  assert.deepEqual(rows.map((row) => [row.label, row.rank]), [
    ["Britain", 1], ["France", 2], ["Great Britain", 3], ["Nowhere", 4], ["Chad", null], ["India (Non-national sample)", null],
  ]);
});

test("the difference is taken from the uniform answerer", () => {
  assert.ok(Math.abs(rows[0]!.difference - 0.1) < 1e-12);
});

test("the map takes the national label with the most questions and remembers the others", () => {
  const choices = chooseForMap(rows);
  assert.deepEqual([...choices.keys()].sort(), ["FRA", "GBR", "TCD"]);
  assert.equal(choices.get("GBR")!.row.label, "Great Britain");
  assert.deepEqual(choices.get("GBR")!.others.map((row) => row.label), ["Britain"]);
});

test("sorting by rank keeps rows without one last in both directions", () => {
  for (const descending of [false, true]) {
    const sorted = sortRows(rows, "rank", descending);
    assert.deepEqual(sorted.slice(4).map((row) => row.label), ["Chad", "India (Non-national sample)"]);
    assert.equal(sorted[0]!.label, descending ? "Nowhere" : "Britain");
  }
});

test("sorting by a number or a name leaves the given rows as they are", () => {
  const before = rows.map((row) => row.label);
  assert.equal(sortRows(rows, "n", false)[0]!.label, "Chad");
  assert.equal(sortRows(rows, "label", true)[0]!.label, "Nowhere");
  assert.deepEqual(rows.map((row) => row.label), before);
});

test("the mean of nothing is not a number to show", () => {
  assert.equal(mean([]), null);
  assert.equal(mean([1, 2]), 1.5);
});
