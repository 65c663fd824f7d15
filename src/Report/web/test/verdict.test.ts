import assert from "node:assert/strict";
import { test } from "node:test";
import type { Row } from "../src/data/overview.ts";
import { factsBeside, judge, refusalOfPair } from "../src/verdict.ts";
import { overview, row, run } from "./fixture.ts";

const said = (...of: Parameters<typeof judge>): string => judge(...of).said;

/** Six countries, 200 questions each: the first `tied` may be first, the first `nearer` are nearer by more than chance. */
const rows = (tied: number, nearer: number, more: Partial<Row> = {}): Row[] =>
  ["France", "Chad", "Peru", "Iran", "Mali", "Cuba"].map((label, index) =>
    row(label, null, 200, 0.7, {
      rank: index + 1, rankLow: index < tied ? 1 : index + 1, rankHigh: index < tied ? tied : index + 1,
      beyond: 0.1 - index / 50, pHolm: index < nearer ? 0.01 : 0.3, ...more,
    }));

const uniform = "a random guesser, on the same questions";

test("a country is named as standing out only where nobody else may be first and it is nearer than knowing nothing", () => {
  assert.equal(said(run(1), rows(1, 2)),
    "France stands out beyond chance: tiny, asked as itself, is nearest to it, and nearer by more than chance to 2 of 6 countries "
      + `than ${uniform}.`);
  assert.equal(said(run(1), rows(1, 0)),
    `No country stands out: tiny, asked as itself, is not shown to be nearer to any of 6 countries than ${uniform}.`);
  assert.ok(!said(run(1), rows(1, 0)).includes("France"));
});

test("where several may be first nobody stands out, and at most a few are named", () => {
  const start = `No single country stands out: tiny, asked as itself, is nearer by more than chance to 3 of 6 countries than ${uniform}`;
  assert.equal(said(run(1), rows(2, 3)), `${start}, but 2 may be first: France and Chad.`);
  assert.equal(said(run(1), rows(5, 5)), `${start.replace("3 of", "5 of")}, but 5 may be first: France, Chad, Peru and 2 more.`);
  assert.equal(said(run(1), rows(6, 3)), `${start}, but 6 may be first.`);
});

test("a country that was asked more than once counts once, and stands out with all its samples", () => {
  const asked = (tied: number, nearer: number) => rows(tied, nearer).map((entry, index) =>
    (index < 2 ? { ...entry, name: "India", iso3: "IND", called: `India (${entry.label})` } : entry));
  assert.equal(said(run(1), asked(2, 3)), "India stands out beyond chance: tiny, asked as itself, is nearest to it, and nearer by more "
    + `than chance to 2 of 5 countries than ${uniform}.`);
  assert.ok(said(run(1), asked(1, 3)).startsWith("India (France) stands out"));
  assert.ok(said(run(1), asked(3, 3)).endsWith("but 2 may be first: India and Peru."));
  assert.deepEqual(factsBeside(overview([run(1)]), run(1), asked(3, 3)).map(({ value }) => value)[2], "2 of 5 countries");
});

test("made-up answers are not taken for a model's", () => {
  const [oracle, guesser] = [run(1, { model: "oracle: France", control: "oracle" }), run(1, { model: "uniform", control: "uniform" })];
  assert.ok(said(oracle, rows(1, 2)).startsWith("France stands out beyond chance: oracle: France (no model: answers copied from a "
    + "country, to test the method) is nearest to it"), said(oracle, rows(1, 2)));
  assert.ok(said(guesser, rows(1, 0)).startsWith("No country stands out: uniform (no model: every option equally likely, to test the "
    + "method) is not shown"));
  assert.ok(factsBeside(overview([oracle]), oracle, rows(1, 2)).some(({ name, warning }) => name === "No model" && warning));
});

test("a country that is farther than the random guesser is no finding, however sure", () =>
  assert.ok(said(run(1), rows(1, 6, { beyond: -0.1 })).startsWith("No country stands out")));

test("what cannot be said is not said", () => {
  const says = (start: string, of: Parameters<typeof said>) => assert.ok(said(...of).startsWith(start), said(...of));
  says("Too few questions to say whom tiny", [run(1), rows(1, 6, { n: 99 })]);
  says("Not said whether any country stands out", [run(1), rows(1, 6, { pHolm: NaN })]);
  says("Not yet said whether any country stands out", [run(1, { adjusted: false }), rows(1, 6)]);
  assert.ok(said(run(1, { adjusted: false }), rows(1, 6)).includes("Scored anew, they tell what goes beyond a random guesser"));
  says("No country is ranked by what tiny, asked as itself, answers: none has 10", [run(1), [row("Thin", null, 2, 0.99)]]);
  const unranked = rows(1, 6, { rank: null, rankLow: null, rankHigh: null });
  says("No country is ranked by what tiny, asked as itself, answers: 62.0 % of its probability is on no option",
    [run(1, { offMenu: 0.62 }), unranked]);
});

test("whatever refuses stands on the figures, and answers off the menu are not drawn", () => {
  assert.deepEqual([judge(run(1), rows(1, 2)).refusal, judge(run(1), rows(1, 2)).hidden], [null, false]);
  for (const of of [rows(1, 0), rows(1, 6, { n: 99 }), rows(1, 6, { pHolm: NaN })])
    assert.ok(judge(run(1), of).refusal?.startsWith("Not a finding: ") && !judge(run(1), of).hidden);
  assert.ok(judge(run(1, { offMenu: 0.51 }), rows(1, 6, { rank: null })).hidden);
  assert.equal(refusalOfPair(run(1), run(2)), null);
  assert.ok(refusalOfPair(run(1), run(2, { offMenu: 0.996 }))?.includes("99.6 % of the probability is on no option"));
});

test("the facts beside it count what was asked, and warn of answers that are off the menu", () => {
  const facts = (more: Parameters<typeof run>[1]) => {
    const page = overview([run(1, more)]);
    return Object.fromEntries(factsBeside(page, page.runs[0]!, rows(2, 3)).map(({ name, value, warning }) => [name, [value, warning]]));
  };
  assert.deepEqual(facts({ answered: 20, unanswered: 1, offMenu: 0.1 }), {
    "Questions asked": ["21 of 24, 1 without an answer", false], "Answered with a letter of the list": ["90.0 %", false],
    "May be first": ["2 of 6 countries", false], "Survey": ["sample", false],
  });
  assert.deepEqual(facts({ offMenu: 0.101 })["Answered with a letter of the list"], ["89.9 %: the other 10.1 % is no answer", true]);
  assert.deepEqual(facts({ offMenu: 0.99, reading: "text-sum" })["Answered with an option\u2019s words"],
    ["1.0 %; whole texts are always improbable", false]);
  assert.deepEqual(facts({ offMenu: null })["Answered with a letter of the list"], ["not known", false]);
});
