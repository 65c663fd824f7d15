import assert from "node:assert/strict";
import { test } from "node:test";
import { lab, rgb, type LabColor } from "d3";
import { dark, differenceOf, light, type Ramp } from "../src/map/colour.ts";
import { diverging, ranking, sequential, ticksBetween } from "../src/map/scale.ts";

const along = (ramp: Ramp): LabColor[] => Array.from({ length: 33 }, (_, i) => lab(ramp(i / 32)));
const steps = (colours: LabColor[]): number[] => colours.slice(1).map((colour, i) => differenceOf(colours[i]!, colour));

// Machado, Oliveira and Fernandes (2009), severity 1, on linear RGB.
const blindness = {
  protanopia: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  deuteranopia: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  tritanopia: [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
};
const seen = (colour: string, matrix: number[]): LabColor => {
  const linear = colour
    .match(/[0-9a-f]{2}/g)!
    .map((part) => parseInt(part, 16) / 255)
    .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
  const out = [0, 3, 6]
    .map((at) => matrix.slice(at, at + 3).reduce((sum, m, i) => sum + m * linear[i]!, 0))
    .map((v) => Math.min(1, Math.max(0, v)));
  const [r, g, b] = out.map((v) => 255 * (v <= 0.0031308 ? 12.92 * v : 1.055 * v ** (1 / 2.4) - 0.055));
  return lab(rgb(r!, g!, b!));
};

for (const [name, palette] of Object.entries({ light, dark })) {
  test(`${name}: equal steps of similarity are equal differences of colour, but for rounding to 8 bits`, () => {
    const sizes = steps(along(palette.sequential));
    assert.ok(Math.max(...sizes) / Math.min(...sizes) < 1.5, sizes.map((size) => size.toFixed(1)).join(" "));
  });

  test(`${name}: lightness alone tells the order, also to colour-blind readers`, () => {
    for (const matrix of [[1, 0, 0, 0, 1, 0, 0, 0, 1], ...Object.values(blindness)]) {
      const shades = Array.from({ length: 17 }, (_, i) => seen(palette.sequential(i / 16), matrix).l);
      shades.slice(1).forEach((shade, i) => assert.ok(shades[i]! - shade > 0.5, `${shades.map((l) => l.toFixed(0)).join(" ")}`));
    }
  });

  test(`${name}: the two sides of a change are told apart by colour-blind readers too`, () => {
    for (const matrix of Object.values(blindness)) {
      for (const share of [0.25, 0.5])
        assert.ok(
          differenceOf(seen(palette.diverging(0.5 - share), matrix), seen(palette.diverging(0.5 + share), matrix)) > 12,
          `${share}`,
        );
    }
  });
}

test("the scale spans the values and is widened to whole hundredths", () => {
  const scale = sequential([0.6123, 0.7018], light.sequential);
  assert.deepEqual([scale.low, scale.high], [0.61, 0.71]);
  assert.equal(scale.colour(0), scale.colour(0.61));
  assert.ok(sequential([0.5], light.sequential).high > 0.5);
  assert.deepEqual([sequential([], light.sequential).low, sequential([], light.sequential).high], [0, 1]);
});

test("a change is shown as far below 0 as above it", () => {
  const scale = diverging([-0.03, 0.12], light.diverging, false);
  assert.deepEqual([scale.low, scale.high, scale.position(0)], [-0.12, 0.12, 0.5]);
  assert.equal(diverging([0], light.diverging, true).high, 1);
});

test("the first rank is at the right end, in the colour of the most similar", () => {
  const scale = ranking(55, light.sequential);
  assert.equal(scale.colour(1), light.sequential(1));
  assert.equal(scale.ticks[0], 1);
  assert.ok(scale.ticks.every((tick) => tick <= 55));
});

test("ticks are round, inside the range and few", () => {
  assert.deepEqual(ticksBetween(0, 1), [0, 0.2, 0.4, 0.6, 0.8, 1]);
  for (const [low, high] of [[0.61, 0.71], [0.5, 0.53], [-0.4, 0.4]] as const) {
    const ticks = ticksBetween(low, high);
    assert.ok(ticks.length >= 3 && ticks.length <= 9, `${low} to ${high}: ${ticks}`);
    assert.ok(ticks[0]! >= low - 1e-9 && ticks[ticks.length - 1]! <= high + 1e-9);
  }
});
