import assert from "node:assert/strict";
import { test } from "node:test";
import { nameOf } from "../src/format.ts";
import { describeNoise } from "../src/noise.ts";
import { run } from "./fixture.ts";

const measured = { prompts: 1064, meanProb: 0.0123, maxProb: 0.0789, meanSimilarity: 0.0002, maxSimilarity: 0.0311 };

test("a measured noise floor is said in words and numbers, and nothing that is there reads as 0", () => {
  const text = describeNoise({ ...run([]), noise: measured });
  assert.ok(text.includes("moves an option\u2019s probability by 0.012 on average (0.079 at most) "
    + "and the similarity of one question and country by less than 0.001 (0.031 at most); smaller differences mean nothing."), text);
  assert.ok(text.includes("on 1,064 of its prompts"), text);
});

test("a sample that no country was asked says nothing of similarities", () => {
  const text = describeNoise({ ...run([]), noise: { ...measured, meanSimilarity: null, maxSimilarity: null } });
  assert.ok(text.includes("(0.079 at most); smaller"), text);
});

test("an exact run has no noise floor, and an unknown one is not made up", () => {
  assert.equal(describeNoise({ ...run([]), exact: true }), "Noise floor: decoded one prompt at a time in F32: no noise floor.");
  assert.equal(describeNoise(run([])), "Noise floor: not measured.");
});

test("a run's name has its prompted country, and its option order where that is not the survey's own", () => {
  assert.equal(nameOf(run([])), "tiny \u00B7 default \u00B7 sample \u00B7 2026-01-02");
  assert.equal(nameOf({ ...run([]), condition: "cross-national", promptedCountry: "Chad", optionOrder: "cyclic" }),
    "tiny \u00B7 cross-national: Chad \u00B7 option order: cyclic \u00B7 sample \u00B7 2026-01-02");
});
