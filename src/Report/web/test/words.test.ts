import assert from "node:assert/strict";
import { test } from "node:test";
import { noiseOf, summaryOf } from "../src/words.ts";
import { row, run } from "./fixture.ts";

const measured = { prompts: 1064, meanProb: 0.0123, maxProb: 0.0789, meanSimilarity: 0.0002, maxSimilarity: 0.0311 };

test("a measured noise floor is said in words and numbers, and nothing that is there reads as 0", () => {
  const text = noiseOf({ exact: false, noise: measured });
  assert.ok(
    text.includes(
      "by 0.012 on average (0.079 at most) and the similarity of one question and country by less than 0.001 (0.031 at most); "
        + "smaller differences mean nothing.",
    ),
    text,
  );
  assert.ok(
    noiseOf({ exact: false, noise: { ...measured, meanSimilarity: null, maxSimilarity: null } }).includes("(0.079 at most); smaller"),
  );
  assert.equal(noiseOf({ exact: true, noise: null }), "None: decoded one prompt at a time in F32.");
  assert.equal(noiseOf({ exact: false, noise: null }), "Not measured.");
});

test("the summary says who could be first, and whether knowing nothing does as well", () => {
  const rows = [
    row("France", "FRA", 20, 0.7, { rank: 1, rankLow: 1, rankHigh: 3 }),
    row("Chad", "TCD", 20, 0.5, { rank: 2, rankLow: 1, rankHigh: 2 }),
    row("Thin", "AAA", 2, 0.99),
  ];
  const text = summaryOf(run(1), rows).join(" ");
  assert.ok(text.startsWith("Asked as itself, tiny answers most like people in France (0.700) and Chad (0.500)."), text);
  assert.ok(text.includes("any of 2 countries first"), text);
  assert.ok(text.includes("closer to 1 of 2 than"), text);
  assert.ok(!text.includes("Thin"), text);
});

test("without intervals, or without anybody ranked, the summary says so", () => {
  assert.ok(summaryOf(run(1), [row("France", "FRA", 20, 0.7)]).join(" ").includes("No intervals are stored"));
  assert.ok(summaryOf(run(1), [row("Thin", "AAA", 2, 0.99)])[0]!.startsWith("No country is ranked"));
});
