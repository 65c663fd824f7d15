import assert from "node:assert/strict";
import { test } from "node:test";
import { signed } from "../src/format.ts";
import { makeScale, ticksBetween } from "../src/scale.ts";

test("the scale spans the values and is widened to whole hundredths", () => {
  const scale = makeScale([0.6123, 0.7018]);
  assert.deepEqual([scale.low, scale.high], [0.61, 0.71]);
  assert.ok(scale.position(0.6123) > 0 && scale.position(0.7018) < 1);
});

test("values beyond the ends take the ends' colours", () => {
  const scale = makeScale([0.5, 0.6]);
  assert.equal(scale.colour(0.1), scale.colour(0.5));
  assert.equal(scale.colour(0.9), scale.colour(0.6));
  assert.notEqual(scale.colour(0.5), scale.colour(0.6));
});

test("one value, or none, still makes a scale", () => {
  assert.ok(makeScale([0.5]).high > makeScale([0.5]).low);
  assert.deepEqual([makeScale([]).low, makeScale([]).high], [0, 1]);
});

test("colours grow lighter with similarity", () => {
  const scale = makeScale([0, 1]);
  const light = (value: number) => scale.colour(value).match(/[0-9a-f]{2}/g)!.reduce((sum, part) => sum + parseInt(part, 16), 0);
  assert.ok(light(0) < light(0.5) && light(0.5) < light(1));
});

test("ticks are round, inside the range and few", () => {
  assert.deepEqual(ticksBetween(0, 1), [0, 0.2, 0.4, 0.6, 0.8, 1]);
  for (const [low, high] of [[0.61, 0.71], [0.5, 0.53], [0.4, 0.9]] as const) {
    const ticks = ticksBetween(low, high);
    assert.ok(ticks.length >= 3 && ticks.length <= 7, `${low} to ${high}: ${ticks}`);
    assert.ok(ticks[0]! >= low && ticks[ticks.length - 1]! <= high + 1e-9);
  }
});

test("differences carry a real minus sign", () => {
  assert.deepEqual([signed(0.0123), signed(-0.5), signed(0)], ["+0.012", "\u22120.500", "+0.000"]);
});
