import assert from "node:assert/strict";
import { test } from "node:test";
import { findingsOf, type LanguageMove, type Move, type StudyNumber } from "../src/data/findings.ts";
import { findingSentences } from "../src/findings.ts";
import { studySentences } from "../src/studyfindings.ts";
import { overview, run } from "./fixture.ts";

const move = (more: Partial<Move> = {}): Move => ({
  run: 0, base: 1, country: "Turkey", n: 300, own: 0.018, low: 0.01, high: 0.026, p: 0.001, more: -0.001, moreLow: -0.006, moreHigh: 0.004,
  moreP: 0.7, ...more,
});
const towards = (country: string | null, moves: Partial<Move>[], more: Parameters<typeof run>[1] = {}) =>
  findingSentences(run(1, { promptedCountry: country, ...more }), { moves: moves.map(move), languages: [], study: [] });

test("what naming a country did is held against what it did to all others", () => {
  const start = "Naming Turkey moved the answers towards people there by +0.018 bits (95 % interval +0.010 to +0.026)";
  assert.deepEqual(towards("Turkey", [{}]),
    [`${start}, not shown to be more than towards all others: \u22120.001 (95 % interval \u22120.006 to +0.004), p = 0.700.`]);
  assert.deepEqual(towards("Turkey", [{ more: 0.02, moreP: 0.0001 }]),
    [`${start}, and by more than towards all others: +0.020 (95 % interval \u22120.006 to +0.004), p below 0.001.`]);
  assert.match(towards("Turkey", [{ more: -0.02, moreP: 0.01 }])[0]!, /and by less than towards all others: \u22120\.020/);
  assert.match(towards("Turkey", [{ own: -0.01 }])[0]!, /moved the answers away from people there by \u22120\.010/);
  const unclear = "Naming Turkey is not shown to have moved the answers towards people there: +0.018 bits "
    + "(95 % interval +0.010 to +0.026)";
  assert.deepEqual(towards("Turkey", [{ p: 0.05 }]),
    [`${unclear}, nor more than towards all others: \u22120.001 (95 % interval \u22120.006 to +0.004), p = 0.700.`]);
  assert.match(towards("Turkey", [{ p: null, more: 0.02, moreP: 0.01 }])[0]!, /, though more than towards all others: \+0\.020 /);
  assert.match(towards("Turkey", [{ more: null, moreP: null }])[0]!, /whether it moved them towards everybody alike is not known\.$/);
});

test("on few questions nothing is said, and a named country leaves the mean over all out", () => {
  assert.deepEqual(towards("Turkey", [{ n: 99 }, { country: null }]),
    ["Too few questions to say what naming Turkey does: both runs answered 99 questions there."]);
  assert.deepEqual(towards(null, [{ country: null, n: 12 }], { control: "options-only" }),
    ["Asked as a control: the options without the question, the model answered too few of the questions that it also answered as itself: "
      + "12 questions."]);
});

test("another way of asking is held against the model as itself, over all countries", () => {
  const asked = { template: "shareable" };
  assert.deepEqual(towards(null, [{ country: null, own: -0.02 }], asked),
    ["Asked as itself, shareable template, the model answers farther from people than as itself: \u22120.020 bits over all countries "
      + "(95 % interval +0.010 to +0.026), p = 0.001."]);
  assert.match(towards(null, [{ country: null, p: 0.05 }], asked)[0]!, /is not shown to answer nearer to people, or farther from them/);
});

test("a language's finding is the study's own, of the same model", () => {
  const language = (measure: LanguageMove["measure"], value: number): LanguageMove =>
    ({ model: "tiny", language: "tr", measure, n: 200, value, low: null, high: null, verdict: "not shown", note: null });
  const found = { moves: [], languages: [language("own change", 0.004), language("others' change", 0.003)], study: [] };
  const page = overview([run(1, { condition: "linguistic", language: "tr" }), run(2, { model: "other", language: "tr" })]);
  assert.deepEqual(findingSentences(page.runs[0]!, findingsOf(found, page.runs[0]!)),
    ["Asking in Turkish is not shown to have moved the answers towards the countries of its speakers: +0.004 bits; towards all others "
      + "it was +0.003."]);
  const shown = { ...found, languages: found.languages.map((move) => ({ ...move, verdict: "yes" })) };
  assert.deepEqual(findingSentences(page.runs[0]!, findingsOf(shown, page.runs[0]!)),
    ["Asking in Turkish moved the answers towards the countries of its speakers by +0.004 bits; towards all others it was +0.003."]);
  const away = { ...found, languages: [{ ...language("own change", -0.02), verdict: "no, the opposite" }, language("others' change", 0)] };
  assert.match(findingSentences(page.runs[0]!, findingsOf(away, page.runs[0]!))[0]!, /moved the answers away from .* by \u22120\.020 bits/);
  assert.deepEqual(findingSentences(page.runs[1]!, findingsOf(found, page.runs[1]!)), []);
});

const number = (more: Partial<StudyNumber> = {}): StudyNumber => ({
  run: 0, topic: "orders", subject: "A", measure: "A-bias", n: 300, value: 0.123, low: 0.1, high: 0.146, p: 0.0001, verdict: "yes",
  note: null,
  ...more,
});

test("what a study found of orders and controls is said with its figures", () => {
  assert.deepEqual(studySentences([number(), number({ measure: "position bias", subject: "last", value: -0.02, low: null, high: null,
    p: 0.4, verdict: "not shown" })]), [
    "Over all orders of the options, the one that stands first gets more or less than its share of the probability: +12.3 points "
      + "(95 % interval +10.0 points to +14.6 points), shown to be above 0, p below 0.001, n = 300.",
    "The last option gets more or less than its share of the probability: \u22122.0 points, not shown to be other than 0, p = 0.400, "
      + "n = 300.",
  ]);
  assert.deepEqual(studySentences([number({ topic: "controls", subject: null, measure: "distance of the answers", value: 0.25, low: null,
    high: null, p: null, verdict: null, note: "0 where the question does not matter to the answers" })]),
    ["The answers differ from those to the whole question by a distance of: 0.250, n = 300 (0 where the question does not matter to the "
      + "answers)."]);
});

test("a study\u2019s numbers on few questions are said to be on few, and unknown ones are left out", () => {
  assert.deepEqual(studySentences([number({ n: 99 }), number({ n: 12 })]),
    ["Too few questions to say what the study\u2019s 2 other numbers about this run are worth: at most 99, fewer than 100."]);
  assert.deepEqual(studySentences([number({ measure: "of tomorrow" })]), []);
});
