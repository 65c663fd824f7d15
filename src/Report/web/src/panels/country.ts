import { button, html } from "../dom.ts";
import { convention } from "../convention.ts";
import type { Answers, Questions } from "../data/details.ts";
import { readAnswers, readQuestions } from "../data/details.ts";
import { readTopics } from "../data/extras.ts";
import type { Row, Run } from "../data/overview.ts";
import { readPairing } from "../data/paired.ts";
import { Figure } from "../figures/figure.ts";
import { count, percent, plural, pText, shorten, signed, thousandths } from "../format.ts";
import {
  intervalOf, plainBits, title, unitName, usualShow, valueOf, write, writeInterval, writePlaces, type Measure,
} from "../measure.ts";
import { sampleWords, studyName } from "../state/countries.ts";
import { nameOf } from "../state/names.ts";
import { choose, facetOf, sameFacets } from "../state/runs.ts";
import type { State } from "../state/state.ts";
import { judge, rankedOf } from "../verdict.ts";
import { notice, refused, source } from "../words.ts";
import { pairedWords } from "./map.ts";
import { drawPair } from "./pair.ts";
import type { Page, Panel } from "./panel.ts";
import { drawPosition } from "./position.ts";
import { promptDetails } from "./prompt.ts";
import { topicPlot } from "./topics.ts";

const few = 3;

/** One country: where it stands, on which topics, and the questions on which model and people agree most and least. */
export function countryPanel(page: Page): Panel {
  const { overview, store } = page;
  const [said, body] = [html("p", { class: "unseen", role: "status" }), html("div")];
  const below = button("More below: topics and questions", () => scroller()?.scrollBy({ top: (scroller()?.clientHeight ?? 0) * 0.8 }),
    { class: "below-cue" });
  const element = html("div", { class: "country-panel" }, said, body, below);
  // What scrolls is the place that the panel is put into, on wide screens alone.
  const scroller = () => element.parentElement;
  const cue = () => {
    const place = scroller();
    below.hidden = !place || place.scrollTop + place.clientHeight > place.scrollHeight - 24;
  };
  new ResizeObserver(() => {
    scroller()?.addEventListener("scroll", cue, { passive: true });
    cue();
  }).observe(body);

  function draw(state: State): void {
    const row = overview.rows(state.run).find((entry) => entry.label === state.country);
    said.textContent = row ? `${row.called}: ${write(valueOf(row, state), state)}` : "";
    if (state.country === null) body.replaceChildren(...invite(state));
    else if (!row)
      body.replaceChildren(heading(state.country), html("p", {}, `Run ${state.run.id} has no answers to compare with ${state.country}.`));
    else body.replaceChildren(...detail(state, row));
  }

  /** Before a country is chosen: the ends of the ranking, as buttons. */
  function invite(state: State): Node[] {
    const rows = overview.rows(state.run);
    const ranked = rankedOf(rows);
    const { refusal } = judge(state.run, rows);
    const measure = headline(state);
    const list = (rows: Row[]) =>
      html(
        "ol",
        { class: "short-list" },
        ...rows.map((row) =>
          html(
            "li",
            { value: row.rank },
            button(row.called, () => store.set({ country: row.label }), { class: "link" }),
            html(
              "span",
              { class: "value" },
              write(valueOf(row, measure), measure),
            ),
          ),
        ),
      );
    // Where nothing may be said, nobody is put forward.
    if (refusal !== null)
      return [
        html("h3", { class: "hint" }, "Choose a country"),
        html("p", { class: "note hint" }, "Click one on the map to see its numbers."),
        html("p", { class: "refusal" }, refusal),
      ];
    return [
      html("h3", { class: "hint" }, "Choose a country"),
      html("p", { class: "note hint" }, `Click one on the map, or take one of these, the ends of a list of ${sampleWords(ranked)}.`),
      html("h4", {}, "Most similar"), list(ranked.slice(0, 5)),
      ...(ranked.length > 5 ? [html("h4", {}, "Least similar"), list(ranked.slice(Math.max(5, ranked.length - 5)))] : []),
    ];
  }

  function heading(label: string): HTMLElement {
    return html(
      "div",
      { class: "panel-head" },
      html("h3", {}, label),
      button("\u00D7", () => store.set({ country: null }), { class: "close", "aria-label": `Close ${label}` }),
    );
  }

  function detail(state: State, row: Row): Node[] {
    const { run } = state;
    const ranked = rankedOf(overview.rows(run));
    const { refusal } = judge(run, overview.rows(run));
    const [measure, places] = [headline(state), writePlaces(row)];
    const plain: Measure = { show: "similarity", unit: state.unit };
    const interval = intervalOf(row, measure);
    const [difference, topics, questions] = [html("p", { class: "note" }), html("div"), html("div")];
    void fillDifference(state, row, difference);
    void fillTopics(run, row, topics);
    void fillQuestions(run, row, questions);
    return [
      heading(row.called),
      ...(row.national
        ? []
        : [html("p", { class: "caveat" }, "Not a national sample: it does not stand for the country and has no rank.")]),
      ...(refusal === null ? [] : [html("p", { class: "refusal" }, refusal)]),
      ...(row.thin ? [html("p", { class: "caveat" }, `Thin data: fewer than ${run.thinBelow} questions, so no rank.`)] : []),
      html(
        "p",
        { class: "figures" },
        html("span", { class: "big" }, write(valueOf(row, measure), measure)),
        html(
          "span",
          {},
          title(measure),
          html("br"),
          interval ? `95 % interval ${writeInterval(interval, measure)}` : "no interval stored",
        ),
      ),
      html(
        "dl",
        { class: "facts" },
        fact(
          "Rank",
          row.rank === null
            ? "not ranked"
            : `${row.rank} of ${sampleWords(ranked)}${places === "" ? "" : ` (may be ${places})`}`,
        ),
        fact(
          "n",
          `${plural(row.n, "question")}${row.families === null ? "" : ` in ${plural(row.families, "family", "families")} of items`}`,
        ),
        ...(measure.show === "similarity" ? [] : [fact(`Plain mean, ${unitName[state.unit]}`, write(valueOf(row, plain), plain))]),
        fact("Asked by", row.sources.map(({ source, questions }) => `${studyName(source)} (${count(questions)})`).join(", ")),
        fact("Fieldwork", row.wave ?? "the survey file does not say when"),
        fact("Skill", Number.isNaN(row.skill) ? "not known" : write(row.skill, { show: "skill", unit: "bits" })),
        fact(
          "On the list of options",
          Number.isNaN(row.labelMass) ? "not known" : `${percent(row.labelMass)} of what the model would say`,
        ),
      ),
      ...partsOf(run, row, measure),
      drawPosition(row),
      difference,
      prompting(run, row),
      topics,
      questions,
    ];
  }

  /** Other samples of the same country: each asked at another time or by another study, never added up. */
  function partsOf(run: Run, row: Row, measure: Measure): Node[] {
    const others = overview.rows(run).filter((other) => other !== row && other.iso3 === row.iso3 && row.iso3 !== null);
    if (others.length === 0) return [];
    return [
      html("h4", {}, "Other samples of the same country"),
      html("ul", { class: "short-list parts" }, ...others.map((other) => html("li", {},
        button(other.called, () => store.set({ country: other.label }), { class: "link", "data-sample": other.label }),
        html("span", { class: "value" }, `${write(valueOf(other, measure), measure)}, n = ${count(other.n)}`
          + `${other.rank === null ? ", not ranked" : `, rank ${other.rank}`}`)))),
    ];
  }

  /** Its answers to prompts that name the country, where they are stored. */
  function prompting(run: Run, row: Row): HTMLElement {
    const names = (other: Run) => other.survey === run.survey && other.prompted.includes(row.country);
    const candidates = overview.runs.filter(
      (other) => names(other) && other.control === "none" && sameFacets(other, run, "survey", "model"),
    );
    if (names(run)) {
      return html(
        "p",
        {},
        `The model is being asked as ${row.iso3 === null ? "one of these people" : "someone from here"}. `,
        ...(store.state.base
          ? [button("Back to its answers as itself", () => store.set({ run: store.state.base! }), { class: "action" })]
          : []),
      );
    }
    const target = candidates[0] && choose(overview.runs, run, "asked", facetOf(candidates[0], "asked"));
    const who = row.iso3 === null ? `one of \u201C${row.label}\u201D` : `someone from ${row.name}`;
    return target && target !== run
      ? html(
          "p",
          {},
          button(`See its stored answers as ${who}`, () => store.set({ run: target, view: "change" }), { class: "action" }),
        )
      : html(
          "p",
          { class: "note" },
          `No run of this model in this file answers as ${who}. Asked so, its answers stand here beside these.`,
        );
  }

  async function fillDifference({ run, base }: State, row: Row, into: HTMLElement): Promise<void> {
    if (!base) return;
    const pairing = await readPairing(overview, run, base);
    const pair = pairing.of.get(row.label);
    const what = `Compared with ${nameOf(base)}: `;
    into.textContent = !pair || pair.thin ? what + pairedWords(pair, pairing.thinBelow).join("; ")
      : `${what}${signed(pair.difference)} bits`
        + (pair.low === null || pair.high === null ? ", no interval stored" : `, 95 % interval ${signed(pair.low)} to ${signed(pair.high)}`)
        + `${pair.p === null ? "" : `, ${pText(pair.p)} after Holm\u2019s correction`}, `
        + `on ${plural(pair.n, "question")} that both answered.`;
  }

  async function fillTopics(run: Run, row: Row, into: HTMLElement): Promise<void> {
    const scores = ((await readTopics())?.of(run, row.country) ?? []).sort((a, b) => b.bits - a.bits);
    into.append(html("h4", {}, "By topic"));
    if (scores.length === 0) {
      into.append(html("p", { class: "note" }, "This results file assigns no topics to the questions."));
      return;
    }
    const figure = new Figure(`topics of ${row.label}`);
    into.append(figure.element);
    const picture = topicPlot(page, row, scores, Math.max(280, into.clientWidth));
    figure.body.replaceChildren(picture);
    figure.describe({
      title: `${nameOf(run)} and ${row.called}, by topic`,
      file: `topics-${row.label}-run-${run.id}`,
      formula: convention(plainBits, run),
      caption: [
        ...refused(judge(run, overview.rows(run)).refusal),
        "Dot: the model; upright stroke: the random guesser on the same questions. Pale: fewer than 10 questions.",
        source(overview, run),
        ...notice(overview, run),
      ],
      drawings: () => [[picture]],
      table: () => ({
        caption: `Plain means in bits of ${nameOf(run)} to ${row.called}, by topic`,
        columns: [
          { name: "topic", title: "Topic" },
          { name: "n", title: "n", write: count },
          { name: "similarity_bits", title: "Plain mean, bits", write: (value) => write(value, plainBits) },
          { name: "uniform_similarity_bits", title: "Random guesser, bits", write: (value) => write(value, plainBits) },
        ],
        rows: scores.map((score) => [score.topic, score.n, score.bits / 1000, score.uniformBits / 1000]),
      }),
    });
  }

  async function fillQuestions(run: Run, row: Row, into: HTMLElement): Promise<void> {
    const [reading, asked] = [readAnswers(run), readQuestions(run.survey)];
    if (!reading || !asked) {
      into.append(
        html("h4", {}, "Questions"),
        html("p", { class: "note" }, "This page leaves this run\u2019s single answers out, to stay small; the results file holds them."),
      );
      return;
    }
    const [answers, questions] = await Promise.all([reading, asked]);
    const pairs = pairsOf(questions, answers, row.country);
    const half = Math.floor(pairs.length / 2);
    into.append(
      ...list("Where they agree most", pairs.slice(0, Math.max(few, half)), run, row, questions, answers),
      ...list("Where they agree least", pairs.slice(Math.max(few, half)).reverse(), run, row, questions, answers));
  }

  function list(title: string, pairs: Pair[], run: Run, row: Row, questions: Questions, answers: Answers): Node[] {
    if (pairs.length === 0) return [];
    const items = html("ol", { class: "agreement" });
    let shown = 0;
    const more = button("", () => extend(5), { class: "link more" });
    const extend = (by: number) => {
      items.append(...pairs.slice(shown, shown + by).map((pair) => drawQuestion(pair, run, row, questions, answers)));
      shown = Math.min(pairs.length, shown + by);
      more.textContent = `Show more (${count(pairs.length - shown)} left)`;
      more.hidden = shown === pairs.length;
    };
    extend(few);
    return [html("h4", {}, title), items, more];
  }

  function drawQuestion({ question, pair, similarity }: Pair, run: Run, row: Row, questions: Questions, answers: Answers): HTMLElement {
    const [text, options] = [questions.text[question]!, questions.options[question]!];
    return html(
      "li",
      {},
      button(
        text.trim() === "" ? "(no question text)" : shorten(text, 220),
        () => {
          store.set({ question: questions.rows[question]! });
          document.getElementById("questions")?.scrollIntoView();
        },
        { class: "link question", "data-row": questions.rows[question]! },
      ),
      html(
        "p",
        { class: "note" },
        `similarity ${thousandths(similarity)} bits \u00B7 ${questions.source[question]} row ${questions.rows[question]}`,
      ),
      drawPair(options, { name: run.model, shares: answers.probs(question)! }, { name: row.called, shares: questions.shares(pair) }),
      promptDetails(overview.surveys[run.survey]!, run, { row: questions.rows[question]!, text, options }),
    );
  }

  return { element, reads: ["run", "base", "unit", "show", "country", "palette"], draw };
}

/** A rank alone says little: the number that it goes by stands in its place. */
const headline = ({ run, show, unit }: State): Measure => ({ show: show === "rank" ? usualShow(run) : show, unit });

const fact = (name: string, value: string): HTMLElement => html("div", {}, html("dt", {}, name), html("dd", {}, value));

interface Pair {
  question: number;
  pair: number;
  similarity: number;
}

/** Every question that the country and the run answered, the most similar first. */
export function pairsOf(questions: Questions, answers: Answers, country: number): Pair[] {
  const pairs: Pair[] = [];
  questions.pairCountry.forEach((asked, pair) => {
    const similarity = asked === country ? answers.similarity(pair) : null;
    if (similarity !== null) pairs.push({ question: questions.pairQuestion[pair]!, pair, similarity });
  });
  return pairs.sort((a, b) => b.similarity - a.similarity || a.question - b.question);
}
