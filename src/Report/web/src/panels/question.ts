import { button, html } from "../dom.ts";
import { readAnswers, type Answers, type Questions } from "../data/details.ts";
import { readGenerations, type Generation } from "../data/extras.ts";
import type { Run } from "../data/overview.ts";
import { drawMultiples, type Multiple } from "../figures/bars.ts";
import { Figure } from "../figures/figure.ts";
import type { Table } from "../figures/table.ts";
import { count, listOf, optionLetters, percent, perMille, shorten, thousandths } from "../format.ts";
import { sampleWords } from "../state/countries.ts";
import { directionOf } from "../state/language.ts";
import { askedAs, nameOf, variantOf } from "../state/names.ts";
import { sameFacets } from "../state/runs.ts";
import type { State } from "../state/state.ts";
import { notice, source } from "../words.ts";
import type { Page } from "./panel.ts";
import { promptDetails } from "./prompt.ts";

const fewCountries = 12;

interface Answered {
  run: Run;
  answers: Answers;
}

/** One question: its options, the model's answer and everybody else's as small multiples, and what models wrote. */
export function questionDetail(page: Page): {
  element: HTMLElement;
  show(questions: Questions, answers: Answers | null, index: number | undefined, state: State): void;
} {
  const { overview } = page;
  const element = html("article", { class: "question-detail", "aria-label": "The question chosen" });
  let allCountries = false;
  let shown = -1;
  let turn = 0;

  function show(questions: Questions, answers: Answers | null, index: number | undefined, state: State): void {
    turn++;
    if (index === undefined) {
      element.replaceChildren(html("p", { class: "note" }, "No such question."));
      return;
    }
    if (index !== shown) allCountries = false;
    shown = index;
    const { run } = state;
    const options = questions.options[index]!;
    const row = questions.rows[index]!;
    const text = questions.text[index]!;
    const offMenu = answers?.offMenu(index) ?? null;
    const survey = overview.surveys[run.survey]!;
    const own = { lang: survey.language, dir: directionOf(survey.language) };
    const [models, people, texts] = [html("div"), html("div"), html("div")];
    element.replaceChildren(
      html("p", { class: "note" }, [`${questions.source[index]} row ${row}`, ...questions.topicsOf(index)].join(" \u00B7 ")),
      html("h3", { class: "question-text", ...own }, text.trim() === "" ? "(no question text)" : text),
      html("ol", { class: "options", type: "A", ...own }, ...options.map((option) => html("li", {}, option))),
      html("p", { class: offMenu !== null && offMenu > 500 ? "caveat" : "note" }, offMenuWords(run, answers, offMenu)),
      promptDetails(survey, run, { row, text, options, unanswered: answers !== null && offMenu === null }, true),
      models,
      people,
      texts,
    );
    drawPeople(people, questions, answers, index, state);
    void drawModels(models, questions, index, state);
    void drawTexts(texts, row, state);
  }

  async function drawModels(into: HTMLElement, questions: Questions, index: number, state: State): Promise<void> {
    const mine = turn;
    const { run } = state;
    const [asked, models] = [
      overview.runs.filter((other) => other === run || sameFacets(other, run, "survey", "model")).sort((a, b) => a.id - b.id),
      overview.runs
        .filter((other) => other === run || (sameFacets(other, run, "survey", "asked", "variant") && other.modelSha256 !== run.modelSha256))
        .sort((a, b) => a.id - b.id),
    ];
    const answered = async (runs: Run[]): Promise<Answered[]> =>
      (await Promise.all(runs.map(async (other) => ({ run: other, answers: await readAnswers(other) })))).filter(
        (entry): entry is Answered => entry.answers?.probs(index) != null,
      );
    const [byAsking, byModel] = [await answered(asked), await answered(models)];
    if (mine !== turn) return;
    for (const [title, set, all, name] of [
      [
        "This model, asked in different ways",
        byAsking,
        asked,
        (other: Run) => `${askedAs(other)}${sameFacets(other, run, "variant") ? "" : `, ${variantOf(other)}`}`,
      ],
      ["Different models, asked the same", byModel, models, (other: Run) => other.model],
    ] as const) {
      if (set.length === 0 || (set.length === 1 && set === byModel && byAsking.length > 0)) continue;
      const multiples = set.map(({ run: other, answers }): Multiple => ({
        title: name(other),
        note: `run ${other.id}${other === run ? ", shown" : ""}`,
        shares: answers.probs(index)!,
        offMenu: answers.offMenu(index),
        kind: "model",
      }));
      into.append(
        html("h4", {}, title),
        figureOf(title, multiples, questions, index, [
          "Strip: how much of the probability is on options; the rest is off the menu. Bars: shares of what is on options, which sum to "
            + "100 %.",
          ...leftOut(all),
        ], set.map(({ run: other }) => other)).element,
      );
    }
    if (byAsking.length === 0)
      into.append(html("p", { class: "note" }, "This run has no answer to this question, or this page leaves it out."));
  }

  function drawPeople(into: HTMLElement, questions: Questions, answers: Answers | null, index: number, state: State): void {
    const { countries } = overview.surveys[state.run.survey]!;
    const [from, to] = questions.pairsOf(index);
    const pairs = Array.from({ length: to - from }, (_, i) => from + i)
      .map((pair) => ({ pair, ...countries[questions.pairCountry[pair]!]!, similarity: answers?.similarity(pair) ?? null }))
      .sort((a, b) => Number(b.label === state.country) - Number(a.label === state.country) || (b.similarity ?? -1) - (a.similarity ?? -1));
    into.replaceChildren(html("h4", {}, "People"));
    if (pairs.length === 0) {
      into.append(html("p", { class: "note" }, "No country was asked this question."));
      return;
    }
    const visible = allCountries ? pairs : pairs.slice(0, fewCountries);
    const multiples = visible.map(({ pair, called, similarity }): Multiple => ({
      title: called,
      note: similarity === null ? "" : `similarity ${thousandths(similarity)}`,
      shares: questions.shares(pair),
      offMenu: null,
      kind: "people",
    }));
    into.append(
      figureOf("People", multiples, questions, index, [
        `Share of the people asked who chose each option, in ${visible.length < pairs.length ? `${count(visible.length)} of ` : ""}`
          + `${sampleWords(pairs)}; the most similar to the model first. `
          + "Similarity in bits, this question alone.",
      ], [state.run]).element,
    );
    if (pairs.length > visible.length) {
      into.append(
        button(
          `Show all ${sampleWords(pairs)}`,
          () => {
            allCountries = true;
            drawPeople(into, questions, answers, index, state);
          },
          { class: "link more" },
        ),
      );
    }
  }

  function figureOf(
    title: string,
    multiples: readonly Multiple[],
    questions: Questions,
    index: number,
    words: string[],
    runs: readonly Run[],
  ): Figure {
    const options = questions.options[index]!;
    const figure = new Figure(title);
    const picture = drawMultiples(
      `${title}: answers to ${shorten(questions.text[index]!, 100)}`,
      multiples,
      options.length,
      Math.max(280, element.clientWidth - 2),
    );
    figure.body.append(picture);
    figure.describe({
      title: shorten(questions.text[index]!, 160) || "(no question text)",
      file: `question-${questions.rows[index]}-${title}`,
      formula: "",
      caption: [...words, ...runs.map((run) => source(overview, run)), ...notice(overview, runs[0]!)],
      key: [options.map((option, i) => `${optionLetters(i)} = ${option}`).join("; ")],
      drawings: () => [[picture]],
      table: () => tableOf(title, multiples, options),
    });
    return figure;
  }

  async function drawTexts(into: HTMLElement, row: number, state: State): Promise<void> {
    const mine = turn;
    const all = await readGenerations();
    if (mine !== turn) return;
    const runs = new Map(overview.runs.filter((run) => run.survey === state.run.survey).map((run) => [run.index, run]));
    const found = (all ?? [])
      .filter((entry) => entry.sourceRow === row && runs.has(entry.run))
      .sort(
        (a, b) => Number(runs.get(b.run) === state.run) - Number(runs.get(a.run) === state.run) || a.run - b.run || a.sequence - b.sequence,
      );
    into.replaceChildren(html("h4", {}, "What models wrote"));
    into.append(
      found.length === 0
        ? html(
            "p",
            { class: "note" },
            all === null
              ? "This results file holds no generated texts."
              : "No text was generated for this question.",
          )
        : html("ul", { class: "texts" }, ...found.map((entry) => drawText(entry, runs.get(entry.run)!))),
    );
  }

  return { element, show };
}

function drawText(entry: Generation, run: Run): HTMLElement {
  // A text that is the answer itself is held against no probabilities.
  const agrees = entry.ruleClass !== null
    ? []
    : entry.agrees === null
      ? ["names no single option"]
      : entry.agrees
        ? ["agrees with the most probable option"]
        : ["names another option than the most probable one"];
  return html(
    "li",
    {},
    html(
      "p",
      { class: "note" },
      [
        nameOf(run), ...readingsOf(entry), `run ${run.id}`, `temperature ${entry.temperature}, seed ${entry.seed}`, ...agrees,
        ...(entry.finish === "stop" ? [] : [`ended by ${entry.finish}`]),
      ].join(" \u00B7 "),
    ),
    html("blockquote", { dir: "auto" }, entry.text),
  );
}

/** What the rule and a second model read in a text. */
function readingsOf({ ruleClass, ruleOption, classifier, classOption, probability }: Generation): string[] {
  const option = (place: number | null, none: string) => (place === null ? none : `option ${optionLetters(place)}`);
  return [
    ...(ruleClass === null ? [] : [`read by rule: ${option(ruleOption, ruleClass)}`]),
    ...(classifier === null || probability === null ? []
      : [`read by ${classifier}: ${option(classOption, "none")} (${percent(probability)})`]),
  ];
}

function offMenuWords(run: Run, answers: Answers | null, offMenu: number | null): string {
  if (!answers) return "This page leaves this run\u2019s single answers out, to stay small.";
  if (offMenu === null) return `${nameOf(run)} has no answer to this question.`;
  return (
    `${nameOf(run)} puts ${perMille(offMenu)} of its probability on something that is no option (off-menu mass).`
    + `${offMenu > 500 ? " What follows describes the smaller part of what it would have said." : ""}`
  );
}

/** That a figure of all runs lacks those whose single answers the page does not hold. */
function leftOut(runs: readonly Run[]): string[] {
  const without = runs.filter((run) => !run.detail);
  return without.length === 0 ? [] : [`Not drawn, since this page does not hold their single answers: ${listOf(without.map(nameOf))}.`];
}

const tableOf = (title: string, multiples: readonly Multiple[], options: readonly string[]): Table => ({
  caption: `${title}: share per option`,
  columns: [
    { name: "option", title: "Option" },
    ...multiples.map((entry) => ({
      name: `${entry.title} (${entry.note})`,
      title: entry.title,
      write: (value: number) => perMille(Math.round(value * 1000)),
    })),
  ],
  rows: [
    ...options.map((option, index) => [option, ...multiples.map((entry) => entry.shares[index]! / 1000)]),
    ...(multiples.some((entry) => entry.offMenu !== null)
      ? [["off the menu", ...multiples.map((entry) => (entry.offMenu === null ? null : entry.offMenu / 1000))]]
      : []),
  ],
});
