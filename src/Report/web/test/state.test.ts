import assert from "node:assert/strict";
import { test } from "node:test";
import { addressOf, namesStranger, parseState, Store } from "../src/state/state.ts";
import { choose, defaultBase, facetOf, otherModel } from "../src/state/runs.ts";
import { askedAs, groupOf, nameOf, shortNames, variantOf } from "../src/state/names.ts";
import { conditionsOf } from "../src/panels/study.ts";
import { overview, run } from "./fixture.ts";

const key = (id: number): string => String(id).repeat(16);
const b = "c".repeat(64);
const page = overview([
  run(1),
  run(2, { condition: "cross-national", promptedCountry: "Chad" }),
  run(3, { optionOrder: "cyclic" }),
  run(4, { condition: "linguistic", language: "ru", translation: "machine" }),
  run(5, { model: "other", modelSha256: b }),
  run(6, { model: "other", modelSha256: b, condition: "cross-national", promptedCountry: "Chad" }),
  run(7, { survey: 1 }),
]);
const [plain, chad, cyclic, russian, other, otherChad, elsewhere] = page.runs;

test("without an address the page shows the plain run, to be compared with another model asked the same", () => {
  const state = parseState(page, "");
  assert.deepEqual(
    [state.run.id, state.base?.id, state.show, state.unit, state.view],
    [1, 5, "beyond", "bits", "now"],
  );
  assert.equal(addressOf(state), `#run=${key(1)}&base=${key(5)}&show=beyond`);
});

test("a link opens the run that it was made of, whatever was stored since, and says when there is no such run", () => {
  const address = addressOf(parseState(page, ""));
  const newest = run(1, { key: "f".repeat(64), date: "2027-01-01" });
  const later = overview([newest, ...page.runs.map((entry) => ({ ...entry, id: entry.id + 40 }))]);
  const state = parseState(later, address);
  assert.deepEqual([state.run.key, state.base?.key], [plain!.key, other!.key]);
  assert.deepEqual([page, later].map((held) => namesStranger(held, address)), [false, false]);
  assert.ok(namesStranger(overview([run(9)]), address) && namesStranger(page, "#run=1") && !namesStranger(page, "#country=Chad"));
});

test("the page opens on the run that it was made to open with, unless the address names another", () => {
  const held = overview([run(9), run(1)], undefined, 1);
  assert.equal(parseState(held, "").run.id, 1);
  assert.equal(parseState(held, `#run=${key(9)}`).run.id, 9);
});

test("made-up answers are compared with only where a reader chooses them", () => {
  const oracle = run(3, { model: "oracle: Chad", modelSha256: b, control: "oracle", exact: true });
  const alone = parseState(overview([oracle, run(1)], undefined, 1), "");
  assert.deepEqual([alone.run.id, alone.base], [1, null]);
  const both = overview([oracle, run(2, { model: "other", modelSha256: "d".repeat(64) }), run(1)], undefined, 2);
  assert.equal(parseState(both, "").base?.id, 2);
  assert.equal(parseState(both, `#base=${key(3)}`).base?.id, 3);
});

test("an address opens the same view again", () => {
  const address =
    `#run=${key(2)}&base=${key(3)}&show=rank&unit=nats&view=change&country=Chad&question=17&search=tea+%26+milk&source=GAS`
    + "&topic=work&order=agree&region=Asia&lines=topic&by=wasserstein&reported=hellinger";
  const state = parseState(page, address);
  assert.equal(addressOf(state), address);
  assert.deepEqual(parseState(page, addressOf(state)), state);
  assert.deepEqual(
    [state.run.id, state.base?.id, state.view, state.country, state.question, state.search],
    [2, 3, "change", "Chad", 17, "tea & milk"],
  );
});

test("an address that names nothing that exists falls back to what does", () => {
  const state = parseState(page, `#run=99&base=${key(7)}&show=<script>&country=Atlantis&question=1e9&view=change&unit=`);
  assert.deepEqual(
    [state.run.id, state.base?.id, state.show, state.country, state.question, state.view, state.unit],
    [1, 5, "beyond", null, null, "change", "bits"],
  );
});

test("an intervention is compared with the same model asked as itself, in the same way", () => {
  assert.deepEqual([chad, cyclic, russian, otherChad, plain].map((entry) => defaultBase(page, entry!)?.id ?? null), [1, 1, 1, 5, null]);
});

test("choosing a model keeps what it is asked as; choosing what is asked keeps the model", () => {
  assert.equal(choose(page.runs, chad!, "model", b), otherChad);
  assert.equal(choose(page.runs, other!, "asked", facetOf(chad!, "asked")), otherChad);
  assert.equal(choose(page.runs, russian!, "model", b), other);
  assert.equal(otherModel(page, chad!), otherChad);
});

test("a new run brings its own base; another survey drops what belonged to the old one", () => {
  const store = new Store(page, parseState(page, "#country=Chad&question=3&view=now"));
  const seen: string[][] = [];
  store.listen((_, changed) => seen.push([...changed].sort()));
  store.set({ run: chad! });
  assert.deepEqual(seen, [["base", "run"]]);
  assert.equal(store.state.base, plain);
  store.set({ view: "change" });
  store.set({ base: null });
  assert.equal(store.state.view, "now");
  store.set({ run: elsewhere! });
  assert.deepEqual([store.state.country, store.state.question], [null, null]);
});

test("a run without adjusted means shows plain ones, and the next run what is usual for it", () => {
  const mixed = overview([run(1), run(2, { adjusted: false })]);
  const [adjusted, earlier] = mixed.runs;
  assert.equal(parseState(mixed, `#run=${key(2)}&show=beyond`).show, "similarity");
  const store = new Store(mixed, parseState(mixed, "#unit=nats"));
  store.set({ run: earlier! });
  assert.deepEqual([store.state.show, addressOf(store.state)],
    ["similarity", `#run=${key(2)}&base=${key(1)}&show=similarity&unit=nats`]);
  store.set({ run: adjusted! });
  assert.equal(store.state.show, "beyond");
  store.set({ show: "skill" });
  store.set({ run: earlier! });
  assert.equal(store.state.show, "skill");
});

test("a unit that the measure does not have gives way", () => {
  const store = new Store(page, parseState(page, "#show=similarity&unit=divergence"));
  assert.equal(store.state.unit, "divergence");
  store.set({ show: "beyond" });
  assert.equal(store.state.unit, "bits");
  assert.equal(parseState(page, "#unit=divergence").unit, "bits");
});

test("runs are called what they are", () => {
  assert.equal(nameOf(chad!), "tiny, as someone from Chad");
  assert.equal(
    askedAs(run(9, { promptedCountry: "Democrats", wording: "How would a supporter of the Democratic Party answer" })),
    "as one of \u201CDemocrats\u201D",
  );
  assert.equal(askedAs(russian!), "in Russian (machine translation)");
  assert.equal(variantOf(cyclic!), "mean over all rotations of the options");
  assert.equal(askedAs(run(9, { control: "options-only" })), "as a control: the options without the question");
  assert.equal(askedAs(run(9, { language: "not a tag" })), "in not a tag");
});

test("lists have what tests the method behind what is found by it, and a switch says what tells two runs apart", () => {
  assert.deepEqual([plain, chad, russian, run(9, { control: "oracle" }), run(9, { control: "wrong-country", promptedCountry: "Chad" }),
    run(9, { control: "persona" })].map((entry) => groupOf(entry!)), ["The model itself", "As someone from a country", "In a language",
    "Controls and oracles", "Controls and oracles", "Changed prompts and personas"]);
  assert.deepEqual(shortNames(plain!, chad!), ["as itself", "as someone from Chad"]);
  assert.deepEqual(shortNames(plain!, other!), ["tiny", "other"]);
  assert.deepEqual(shortNames(plain!, run(8)), ["run 1", "run 8"]);
});

test("the study\u2019s picture has a run of each way of asking, put as the run shown, controls last", () => {
  const runs = overview([...page.runs, run(8, { control: "options-only" }), run(9, { model: "uniform", modelSha256: "d".repeat(64),
    control: "uniform" }), run(10, { condition: "cross-national", promptedCountry: "Chad", optionOrder: "cyclic" })]).runs;
  assert.deepEqual(conditionsOf(runs, runs[0]!).map(({ id }) => id), [1, 2, 4, 8, 9]);
  assert.deepEqual(conditionsOf(runs, runs[2]!).map(({ id }) => id), [3, 10, 4, 8, 9]);
});
