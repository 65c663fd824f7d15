import { button, html } from "../dom.ts";
import { readAnswers, readQuestions, type Answers, type Questions } from "../data/details.ts";
import { count, plural, shorten, thousandths } from "../format.ts";
import type { Order, State } from "../state/state.ts";
import { segments, select } from "./controls.ts";
import { findQuestions } from "./find.ts";
import type { Page, Panel } from "./panel.ts";
import { questionDetail } from "./question.ts";

const pageSize = 40;

/** All questions: searched, filtered by study and topic, and one of them looked at closely. */
export function questionsPanel(page: Page): Panel {
  const { overview, store } = page;
  const search = html("input", { type: "search", id: "search", autocomplete: "off", placeholder: "a word, or a row number" });
  const source = select("Study", (value) => store.set({ source: value === "" ? null : value }));
  const topic = select("Topic", (value) => store.set({ topic: value === "" ? null : value }));
  const order = segments<Order>(
    "Order",
    [
      ["survey", "survey"],
      ["agree", "agree most"],
      ["disagree", "agree least"],
      ["alone", "unlike everybody"],
      ["off-menu", "off the menu"],
    ],
    (value) => store.set({ order: value }),
  );
  const found = html("p", { class: "note", role: "status" });
  const list = html("ol", { class: "questions" });
  const more = button("Show more", () => extend(), { class: "link more" });
  const detail = questionDetail(page);
  const browser = html(
    "div",
    { class: "browser" },
    html(
      "div",
      {},
      html(
        "div",
        { class: "controls" },
        html("div", { class: "field wide" }, html("label", { for: "search" }, "Search"), search),
        source.element,
        topic.element,
      ),
      order.element,
      found,
      html("div", { class: "questions-frame", tabindex: "0", role: "region", "aria-label": "Questions found" }, list, more),
    ),
    detail.element,
  );
  const missing = html(
    "p",
    { class: "note", hidden: true },
    "This page leaves out the questions of this survey, to stay small; the results file holds them.",
  );
  const element = html("div", {}, missing, browser);
  let show: {
    questions: Questions;
    answers: Answers | null;
    matches: number[];
    pairOf: ReadonlyMap<number, number>;
    shown: number;
  } | null = null;

  let turns = 0;
  let waiting: ReturnType<typeof setTimeout> | undefined;
  search.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => store.set({ search: search.value }, true), 120);
  });

  async function draw(state: State): Promise<void> {
    const reading = readQuestions(state.run.survey);
    missing.hidden = reading !== null;
    browser.hidden = reading === null;
    if (!reading) return;
    const [questions, answers] = await Promise.all([reading, readAnswers(state.run)]);
    if (store.state !== state) return draw(store.state);
    if (search.value !== state.search && document.activeElement !== search) search.value = state.search;
    source.fill([["", "all"], ...[...new Set(questions.source)].sort().map((name): [string, string] => [name, name])], state.source ?? "");
    topic.fill([["", "all"], ...questions.topics.map((name): [string, string] => [name, name])], state.topic ?? "");
    topic.element.hidden = questions.topics.length === 0;
    const country = overview.surveys[state.run.survey]!.countries.findIndex((entry) => entry.label === state.country);
    order.show(state.order, [
      ...(answers ? [] : ["off-menu" as const, "alone" as const]),
      ...(answers && country >= 0 ? [] : ["agree" as const, "disagree" as const]),
    ]);
    const result = findQuestions(questions, answers, country, state);
    found.textContent =
      `${plural(result.matches.length, "question")} of ${count(questions.count)}`
      + `${answers && country < 0 ? ". Choose a country to sort by agreement with it." : ""}`;
    show = { questions, answers, ...result, shown: 0 };
    list.replaceChildren();
    extend();
    const index = state.question === null ? result.matches[0] : questions.indexOf(state.question);
    // The list first: the question itself takes longer to draw, and a reader sees what changed a frame earlier.
    const turn = ++turns;
    const showDetail = () => { if (turn === turns) detail.show(questions, answers, index, state); };
    if (page.onPaper()) showDetail();
    else requestAnimationFrame(() => setTimeout(showDetail));
  }

  function extend(): void {
    if (!show) return;
    const { questions, answers, matches, pairOf } = show;
    const chosen = store.state.question;
    list.append(...matches.slice(show.shown, show.shown + pageSize).map((index) => {
      const row = questions.rows[index]!;
      const pair = pairOf.get(index);
      const similarity = pair === undefined ? null : answers?.similarity(pair) ?? null;
      const facts = [
        `${questions.source[index]} row ${row}`,
        ...questions.topicsOf(index),
        ...(similarity === null ? [] : [`similarity ${thousandths(similarity)}`]),
      ];
      return html(
        "li",
        {},
        button(
          "",
          () => choose(row),
          { class: "question-item", "data-row": row, "aria-current": row === chosen ? "true" : null },
          html("span", {}, titleOf(questions.text[index]!)),
          html("small", {}, facts.join(" \u00B7 ")),
        ),
      );
    }));
    show.shown = Math.min(matches.length, show.shown + pageSize);
    more.hidden = show.shown >= matches.length;
  }

  function choose(row: number): void {
    for (const item of list.querySelectorAll("[aria-current]")) item.removeAttribute("aria-current");
    list.querySelector(`[data-row="${row}"]`)?.setAttribute("aria-current", "true");
    store.set({ question: row });
  }

  return {
    element, reads: ["run", "base", "country", "question", "search", "source", "topic", "order", "palette"],
    draw: (state) => void draw(state),
  };
}

const titleOf = (text: string): string => (text.trim() === "" ? "(no question text)" : shorten(text, 140));
