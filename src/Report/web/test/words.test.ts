import assert from "node:assert/strict";
import { test } from "node:test";
import { noiseOf } from "../src/words.ts";

const measured = { prompts: 1064, meanProb: 0.0123, maxProb: 0.0789, meanSimilarity: 0.0002, maxSimilarity: 0.0311 };

test("a measured noise floor is said in words and numbers, and nothing that is there reads as 0", () => {
  const text = noiseOf({ exact: false, noise: measured, rounding: null });
  assert.ok(
    text.includes(
      "by 0.012 on average (0.079 at most) and the similarity of one question and country by less than 0.001 (0.031 at most); "
        + "smaller differences mean nothing.",
    ),
    text,
  );
  assert.ok(
    noiseOf({ exact: false, noise: { ...measured, meanSimilarity: null, maxSimilarity: null }, rounding: null })
      .includes("(0.079 at most); smaller"),
  );
  assert.equal(noiseOf({ exact: true, noise: null, rounding: null }), "None: decoded one prompt at a time in F32.");
  assert.equal(noiseOf({ exact: false, noise: null, rounding: null }), "Not measured.");
});

test("what rounding is worth stands behind it, of an exact run too", () => {
  const text = noiseOf({ exact: true, noise: null, rounding: { ...measured, prompts: 8 } });
  assert.match(text, /^None: decoded one prompt at a time in F32\. Besides, the rounding of activations/);
  assert.ok(text.includes("by 0.012 on average (0.079 at most)") && text.includes("on 8 of its prompts against the same weights"), text);
});
