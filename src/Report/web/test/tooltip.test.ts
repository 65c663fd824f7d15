import assert from "node:assert/strict";
import { test } from "node:test";
import { chooseForMap, rankCountries } from "../src/ranking.ts";
import { describe } from "../src/tooltip.ts";
import { country, run } from "./fixture.ts";

const choices = chooseForMap(rankCountries(run([
  country("Britain", "GBR", 12, 0.70), country("Great Britain", "GBR", 20, 0.65), country("Chad", "TCD", 3, 0.95),
])));

test("a tooltip gives both conventions, the uniform answerer, n and rank, and says which label was taken", () => {
  assert.deepEqual(describe("United Kingdom", choices.get("GBR")), [
    "Great Britain",
    "Similarity 0.650 (bits), 0.709 (nats)",
    "Uniform answerer 0.600, difference +0.050 (bits)",
    "n = 20 questions, rank 2",
    "The national sample with the most questions is shown; also in the table: Britain (n = 12).",
  ]);
});

test("thin data and no data are said", () => {
  assert.ok(describe("Chad", choices.get("TCD")).includes("n = 3 questions: thin data, not ranked"));
  assert.deepEqual(describe("France", undefined), ["France", "No data in this run."]);
});
