import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { Block, inflate } from "../src/data/block.ts";
import { Answers, Questions } from "../src/data/details.ts";
import { Comparisons } from "../src/data/extras.ts";
import { StoredMeasures } from "../src/data/measures.ts";
import { roundedSimilarity, withSign } from "../src/data/similarity.ts";
import { findQuestions } from "../src/panels/find.ts";
import { dotsOf, linesOf } from "../src/panels/measured.ts";
import { run } from "./fixture.ts";

type Columns = Record<string, Float64Array | Int32Array | Uint16Array | Uint8Array>;
const kinds = new Map<unknown, string>([[Float64Array, "f64"], [Int32Array, "i32"], [Uint16Array, "u16"], [Uint8Array, "u8"]]);

/** As ColumnBlock.cs writes it. */
function blockOf(values: unknown, columns: Columns): Uint8Array {
  const header = new TextEncoder().encode(
    JSON.stringify({
      values,
      columns: Object.entries(columns).map(([name, column]) => [name, kinds.get(column.constructor), column.length]),
    }),
  );
  const planes = Object.values(columns).flatMap((column) => {
    const bytes = new Uint8Array(column.buffer);
    return Array.from({ length: column.BYTES_PER_ELEMENT }, (_, plane) =>
      [...bytes].filter((_, i) => i % column.BYTES_PER_ELEMENT === plane),
    ).flat();
  });
  const size = new Uint8Array(4);
  new DataView(size.buffer).setUint32(0, header.length, true);
  return Uint8Array.from([...size, ...header, ...planes]);
}

const questions = new Questions(
  new Block(
    blockOf(
      {
        text: ["Tea or caf\u00E9?", "War?", ""],
        sources: ["GAS", "WVS"],
        options: [
          ["Tea", "Coffee"],
          ["Yes", "No", "DK"],
          ["a", "b"],
        ],
        topics: ["food", "peace"],
      },
      {
        sourceRow: Int32Array.of(3, 10, 11),
        source: Uint16Array.of(0, 1, 0),
        topicCount: Uint8Array.of(1, 2, 0),
        topic: Uint8Array.of(0, 0, 1),
        pairQuestion: Uint16Array.of(0, 0, 1),
        pairCountry: Uint16Array.of(0, 2, 2),
        share: Uint16Array.of(400, 600, 100, 900, 10, 20, 970),
      },
    ),
  ),
);
const answers = new Answers(
  new Block(
    blockOf(
      {},
      {
        prob: Uint16Array.of(250, 750, 0xffff, 0xffff, 0xffff, 1, 999),
        offMenu: Uint16Array.of(10, 0xffff, 20),
        rest: Uint16Array.of(0, 3, 0xffff),
      },
    ),
  ),
  questions,
);

test("numbers come back to the last bit, and a broken block is not read", async () => {
  const bytes = blockOf({ a: 1 }, { x: Float64Array.of(0.1 + 0.2, NaN, -0), n: Int32Array.of(-5, 2 ** 31 - 1) });
  const block = new Block(await inflate(new Uint8Array(gzipSync(bytes))));
  assert.deepEqual([...block.f64("x")].slice(0, 1), [0.1 + 0.2]);
  assert.ok(Number.isNaN(block.f64("x")[1]) && Object.is(block.f64("x")[2], -0));
  assert.deepEqual([...block.i32("n")], [-5, 2 ** 31 - 1]);
  assert.throws(() => block.u16("n"), /no u16 column n/);
  assert.throws(() => new Block(bytes.subarray(0, bytes.length - 1)), /says that it has/);
});

test("questions, shares and answers are found by their places", () => {
  assert.equal(questions.indexOf(10), 1);
  assert.deepEqual(questions.topicsOf(1), ["food", "peace"]);
  assert.deepEqual([questions.pairsOf(0), questions.pairsOf(1), questions.pairsOf(2)], [[0, 2], [2, 3], [3, 3]]);
  assert.deepEqual([...questions.shares(2)], [10, 20, 970]);
  assert.deepEqual([...answers.probs(0)!], [250, 750]);
  assert.deepEqual([answers.probs(1), answers.offMenu(1), answers.similarity(2)], [null, null, null]);
  assert.deepEqual([0, 1].map((pair) => answers.similarity(pair)),
    [roundedSimilarity([250, 750], [400, 600]), roundedSimilarity([250, 750], [100, 900]) - 2]);
});

test("a similarity is computed from thousandths as the textbook has it, and a stored rest has a sign", () => {
  assert.deepEqual([roundedSimilarity([300, 700], [300, 700]), roundedSimilarity([1000, 0], [0, 1000]), roundedSimilarity([0, 0], [1, 2])],
    [1000, 0, 0]);
  // JSD of (1/4, 3/4) and (1/2, 1/2) in bits: H(3/8, 5/8) - (H(1/4, 3/4) + 1) / 2.
  const entropy = (p: number) => -p * Math.log2(p) - (1 - p) * Math.log2(1 - p);
  assert.equal(roundedSimilarity([250, 750], [1, 1]), Math.round(1000 * (1 - Math.sqrt(entropy(3 / 8) - (entropy(1 / 4) + 1) / 2))));
  assert.deepEqual([0, 1, 2, 3, 4].map(withSign), [0, -1, 1, -2, 2]);
});

test("search ignores case and accents, looks into options, and finds a row by its number", () => {
  const find = (change: object) =>
    findQuestions(questions, answers, 2, { search: "", source: null, topic: null, order: "survey", ...change }).matches;
  assert.deepEqual(
    [find({}), find({ search: "CAFE tea" }), find({ search: "coffee" }), find({ search: "10" }), find({ search: "absent" })],
    [[0, 1, 2], [0], [0], [1], []],
  );
  assert.deepEqual(
    [find({ source: "GAS" }), find({ topic: "peace" }), find({ order: "off-menu" }), find({ order: "agree" })],
    [[0, 2], [1], [2, 0], [0]],
  );
});

test("a comparison is turned round when the pair is asked for the other way", () => {
  const comparisons = new Comparisons(
    new Block(
      blockOf(
        {},
        {
          run: Uint16Array.of(0, 0),
          other: Uint16Array.of(1, 1),
          country: Uint16Array.of(2, 0xffff),
          n: Int32Array.of(9, 30),
          difference: Int32Array.of(40, -5),
          below: Int32Array.of(-30, -(2 ** 31)),
          above: Int32Array.of(30, -(2 ** 31)),
          p: Uint16Array.of(3, 0xffff),
          clear: Uint8Array.of(1, 0),
        },
      ),
    ),
  );
  assert.deepEqual(comparisons.of(run(1), run(2))[0], { country: 2, n: 9, difference: 40, low: 10, high: 70, p: 3, clear: true });
  assert.deepEqual(comparisons.of(run(2), run(1)), [
    { country: 2, n: 9, difference: -40, low: -70, high: -10, p: 3, clear: true },
    { country: null, n: 30, difference: 5, low: null, high: null, p: null, clear: false },
  ]);
  assert.deepEqual(comparisons.of(run(1), run(3)), []);
});

test("stored measures are told run by run, nearest first whichever way they go", () => {
  const [distance, agreement] = [false, true].map((moreIsNearer, i) =>
    ({ name: `m${i}`, title: `M${i}`, unit: "", description: "", moreIsNearer }));
  const stored = new StoredMeasures(new Block(blockOf({ measures: [distance, agreement] }, {
    run: Uint16Array.of(0, 0, 0, 0, 0, 1), measure: Uint8Array.of(0, 0, 0, 1, 1, 1), country: Uint16Array.of(0, 1, 2, 0, 1, 0),
      ranked: Uint8Array.of(1, 1, 0, 1, 1, 1),
    n: Int32Array.of(9, 8, 7, 6, 5, 4), mean: Float64Array.of(0.4, 0.2, 0.1, 0.3, 0.9, 0.5),
    low: Float64Array.of(0.3, 0.1, NaN, 0.2, 0.8, 0.4), high: Float64Array.of(0.5, 0.3, NaN, 0.4, 1, 0.6),
      uniform: Float64Array.of(0.6, 0.5, 0.4, 0.3, 0.2, 0.1),
  })));
  assert.deepEqual([stored.of(run(1)), stored.of(run(2)), stored.of(run(3))], [[distance, agreement], [agreement], []]);
  assert.deepEqual(stored.rows(run(2), "m1"), [{ country: 0, ranked: true, n: 4, mean: 0.5, low: 0.4, high: 0.6, uniform: 0.1 }]);
  const countries = ["A", "B", "C"].map((label) => ({ label, name: label, called: label, wave: null, sources: [], iso3: null,
    sampleKind: "national", region: null }));
  const [far, near] = [distance!, agreement!].map((measure) => linesOf(countries, stored.rows(run(1), measure.name), measure));
  assert.deepEqual([far!.map((line) => line.label), near!.map((line) => line.label)], [["B", "A", "C"], ["B", "A"]]);
  // Dark is near: the ramp's end.
  const colours = (lines: typeof far, measure: typeof distance) => dotsOf(lines!, measure!, (share) => share.toFixed(1), "B")
    .map((dot) => [dot.name, dot.colour, dot.faint, dot.chosen]);
  assert.deepEqual(colours(far, distance), [["B", "1.0", false, true], ["A", "0.0", false, false], ["C", "1.0", true, false]]);
  assert.deepEqual(colours(near, agreement), [["B", "1.0", false, true], ["A", "0.0", false, false]]);
  assert.deepEqual(dotsOf(far!, distance!, () => "", null).map((dot) => [dot.low, dot.high]), [[0.1, 0.3], [0.3, 0.5], [null, null]]);
});
