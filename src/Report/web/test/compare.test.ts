import assert from "node:assert/strict";
import { test } from "node:test";
import { overallWords } from "../src/panels/compare.ts";
import { run } from "./fixture.ts";

test("one run is called nearer to people than another only where that is shown", () => {
  const [a, b] = [run(1), run(2, { model: "other" })];
  const words = (more: Partial<Parameters<typeof overallWords>[2]>) =>
    overallWords(a, b, { country: null, n: 300, difference: 12, low: 3, high: 21, p: 0.01, clear: true, ...more });
  const [names, interval] = ["Over all countries, tiny, as itself is ", "(95 % interval +0.003 to +0.021)."];
  assert.equal(words({}), `${names}nearer to people than other, as itself: +0.012 bits ${interval}`);
  assert.equal(words({ difference: -12 }), `${names}farther from people than other, as itself: \u22120.012 bits ${interval}`);
  assert.equal(words({ clear: false }),
    `${names}not shown to be nearer to people than other, as itself, or farther from them: +0.012 bits ${interval}`);
  assert.equal(words({ low: null, high: null, clear: false }).split(": ")[1], "+0.012 bits.");
  assert.equal(words({ n: 24 }), "Too few questions to say which of the two is nearer to people: both answered 24 questions.");
});
