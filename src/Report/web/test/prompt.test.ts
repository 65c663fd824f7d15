import assert from "node:assert/strict";
import { test } from "node:test";
import type { Filling, PromptParts } from "../src/data/prompts.ts";
import { directionOf } from "../src/state/language.ts";
import { promptOf, saidOf } from "../src/state/prompt.ts";

const plain: PromptParts = {
  run: 0, before: "Human: ", system: null, behindSystem: "", message: "{question}\n\nHere are the options:\n({label}) {option}\n",
  after: "\n\nAssistant: ", opening: "If had to select one of the options, my answer would be (", said: null, messageTrim: "none",
  systemTrim: "none", labels: null, country: null, somebody: null, persona: null, putIn: null, orders: null,
};

const filled = (more: Partial<Filling> = {}): Filling =>
  ({ question: "Tea?", options: ["Yes", "No"], added: null, country: "", somebody: "", ...more });

test("a prompt has one line per option, and the ending", () => {
  assert.equal(promptOf(plain, filled(), [1, 0]), "Human: Tea?\n\nHere are the options:\n(A) No\n(B) Yes\n\n\n"
    + "Assistant: If had to select one of the options, my answer would be (");
});

test("the option that ends a message keeps its line", () => {
  assert.equal(promptOf({ ...plain, message: "({label}) {option}" }, filled(), [0, 1]).split("\n\nAssistant")[0], "Human: (A) Yes\n(B) No");
});

test("texts that look like places stay what they are", () => {
  const parts = { ...plain, before: "{question}", message: "{question} {persona}\n({label}) {option}", after: "", opening: "",
    persona: "{label}" };
  assert.equal(promptOf(parts, filled({ question: "{option} {label}", options: ["{question}", "$&"] }), [0, 1]),
    "{question}{option} {label} {label}\n(A) {question}\n(B) $&");
});

test("an option that the survey does not have stands behind its neighbour, wherever that is", () => {
  const parts = { ...plain, before: "", message: "{label} {option}", after: "", opening: "", labels: ["i", "ii", "iii"] };
  const filling = filled({ added: { text: "Between", behind: 0 } });
  assert.equal(promptOf(parts, filling, [0, 1]), "i Yes\nii Between\niii No");
  assert.equal(promptOf(parts, filling, [1, 0]), "i No\nii Yes\niii Between");
});

test("a layout takes off the blanks that its rule names, and no other", () => {
  const parts = { ...plain, before: "[", message: "{question}", after: "]", opening: "" };
  const text = "\uFEFF \u0085Tea?\u3000\n";
  for (const [messageTrim, left] of [["none", text], ["start", text], ["end", "\uFEFF \u0085Tea?"], ["both", "\uFEFF \u0085Tea?"]] as const)
    assert.equal(promptOf({ ...parts, messageTrim }, filled({ question: text }), [0]), `[${left}]`);
  assert.equal(promptOf({ ...parts, messageTrim: "both" }, filled({ question: " \u0085a\u00A0" }), [0]), "[a]");
  assert.equal(promptOf({ ...parts, messageTrim: "end" }, filled({ question: "  " }), [0]), "[]");
});

test("whoever is named has the place", () => {
  const parts = { ...plain, system: "Be {somebody}.", behindSystem: "\n", before: "", message: "{country}", after: "", opening: "" };
  assert.equal(promptOf(parts, filled({ country: "Chad", somebody: "someone from Chad" }), [0]), "Be someone from Chad.\nChad");
});

test("what leads on to each option's number goes by its label", () => {
  assert.deepEqual(saidOf({ ...plain, said: "\n({label}) {option}:" }, filled(), [1, 0]), ["\n(A) No:", "\n(B) Yes:"]);
  assert.deepEqual(saidOf(plain, filled(), [0, 1]), []);
});

test("scripts from right to left are known by the language", () => {
  assert.deepEqual(["ar", "fa", "he", "ur", "ks-Arab"].map(directionOf), Array(5).fill("rtl"));
  assert.deepEqual(["en", "ru", "zh-Hans", "az-Latn", "not a tag"].map(directionOf), Array(5).fill("ltr"));
});
