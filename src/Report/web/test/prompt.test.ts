import assert from "node:assert/strict";
import { test } from "node:test";
import { promptOf } from "../src/state/prompt.ts";

const wording =
  "Human: {question}\n\nHere are the options:\n({label}) {option}\n\nAssistant: If had to select one of the options, my answer would be (";

test("a prompt has one line per option, and the ending", () => {
  assert.equal(promptOf(wording, "Tea?", ["Yes", "No"]),
    "Human: Tea?\n\nHere are the options:\n(A) Yes\n(B) No\n\nAssistant: If had to select one of the options, my answer would be (");
});

test("texts that look like placeholders stay what they are", () => {
  assert.equal(
    promptOf("{question}\n({label}) {option}\n", "{option} {label}", ["{question}", "$&"]),
    "{option} {label}\n(A) {question}\n(B) $&\n",
  );
});
