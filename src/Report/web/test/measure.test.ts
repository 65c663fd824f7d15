import assert from "node:assert/strict";
import { test } from "node:test";
import { optionLetters, perMille, shorten, signed } from "../src/format.ts";
import { intervalOf, linesOf, valueOf, write, writeLine, type Line } from "../src/measure.ts";
import { row } from "./fixture.ts";

const france = row("France", "FRA", 20, 0.7, {
  beyond: -0.02,
  beyondLow: -0.05,
  beyondHigh: 0.01,
  low: 0.65,
  high: 0.75,
  rank: 3,
  rankLow: 1,
  rankHigh: 9,
  skill: 0.25,
  other: 0.72,
  nearest: 0.8,
});

test("every measure takes its own number", () => {
  assert.equal(valueOf(france, { show: "similarity", unit: "bits" }), 0.7);
  assert.ok(Math.abs(valueOf(france, { show: "similarity", unit: "nats" }) - (1 - 0.3 * Math.sqrt(Math.LN2))) < 1e-12);
  assert.equal(valueOf(france, { show: "similarity", unit: "divergence" }), france.divergence);
  assert.equal(valueOf(france, { show: "beyond", unit: "bits" }), -0.02);
  assert.ok(Math.abs(valueOf(france, { show: "beyond", unit: "nats" }) + 0.02 * Math.sqrt(Math.LN2)) < 1e-12);
  assert.equal(valueOf(france, { show: "beyond", unit: "divergence" }), NaN);
  assert.equal(valueOf(france, { show: "skill", unit: "nats" }), 0.25);
  assert.equal(valueOf(france, { show: "rank", unit: "bits" }), 3);
});

test("intervals follow the unit, and there is none where none is stored", () => {
  assert.deepEqual(intervalOf(france, { show: "similarity", unit: "bits" }), [0.65, 0.75]);
  assert.ok(Math.abs(intervalOf(france, { show: "similarity", unit: "nats" })![0] - (1 - 0.35 * Math.sqrt(Math.LN2))) < 1e-12);
  assert.equal(intervalOf(france, { show: "similarity", unit: "divergence" }), null);
  assert.deepEqual(intervalOf(france, { show: "beyond", unit: "bits" }), [-0.05, 0.01]);
  assert.equal(intervalOf(france, { show: "skill", unit: "bits" }), null);
  assert.deepEqual(intervalOf(france, { show: "rank", unit: "bits" }), [1, 9]);
  assert.equal(intervalOf(row("Chad", "TCD", 3, 0.5), { show: "similarity", unit: "bits" }), null);
});

test("a mark on the ruler goes from the least to the most of the countries, and missing ones are left out", () => {
  const bits = { show: "similarity", unit: "bits" } as const;
  const ends = (lines: Line[]) => lines.map(({ key, low, high }) => [key, low, high]);
  const lines = linesOf([france, { ...france, uniformBits: 0.5 }], bits);
  assert.deepEqual(ends(lines), [["uniform", 0.5, 0.6], ["other", 0.72, 0.72], ["nearest", 0.8, 0.8]]);
  assert.equal(writeLine(lines[0]!, (value) => write(value, bits)), "random guesser, each country\u2019s own: 0.500 to 0.600");
  assert.equal(writeLine(lines[1]!, (value) => write(value, bits)), "average foreign country 0.720");
  assert.deepEqual(linesOf([row("Chad", "TCD", 20, 0.5)], bits).map((line) => line.key), ["uniform"]);
  assert.deepEqual(linesOf([france], { show: "skill", unit: "bits" }).map((line) => line.low), [0, 1]);
  assert.deepEqual(linesOf([france], { show: "rank", unit: "bits" }), []);
  assert.deepEqual(linesOf([], bits), []);
  assert.deepEqual(ends(linesOf([france], { show: "beyond", unit: "bits" })), [["uniform", 0, 0]]);
});

test("numbers are written with real minus signs, and nothing is made up for a missing one", () => {
  assert.deepEqual([signed(0.0123), signed(-0.5), signed(-0.0001)], ["+0.012", "\u22120.500", "\u00B10.000"]);
  assert.equal(write(NaN, { show: "similarity", unit: "bits" }), "\u2013");
  assert.deepEqual([perMille(0), perMille(5), perMille(1000), perMille(123)], ["0.0 %", "0.5 %", "100.0 %", "12.3 %"]);
  assert.equal(shorten("a  b\nc", 10), "a b c");
  assert.equal([...shorten("\u{1F600}".repeat(9), 4)].length, 4);
  assert.deepEqual([0, 25, 26, 51, 52, 99, 702].map(optionLetters), ["A", "Z", "AA", "AZ", "BA", "CV", "AAA"]);
});
