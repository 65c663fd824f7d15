import type { Answers, Questions } from "../data/details.ts";
import type { State } from "../state/state.ts";

export interface Found {
  /** Questions in the order wanted. */
  matches: number[];
  /** The pair of each question with the chosen country. */
  pairOf: ReadonlyMap<number, number>;
}

/** The questions that hold every word searched for, in question or options, under the filters. A number finds its row too. */
export function findQuestions(
  questions: Questions,
  answers: Answers | null,
  country: number,
  state: Pick<State, "search" | "source" | "topic" | "order">,
): Found {
  const words = fold(state.search)
    .split(/\s+/)
    .filter((word) => word !== "");
  const row = /^\s*\d+\s*$/.test(state.search) ? Number(state.search) : null;
  const pairOf = new Map<number, number>();
  if (country >= 0)
    questions.pairCountry.forEach((asked, pair) => {
      if (asked === country) pairOf.set(questions.pairQuestion[pair]!, pair);
    });

  const matches: number[] = [];
  for (let index = 0; index < questions.count; index++) {
    if (state.source !== null && questions.source[index] !== state.source) continue;
    if (state.topic !== null && !questions.topicsOf(index).includes(state.topic)) continue;
    if (words.length > 0 && questions.rows[index] !== row && !words.every((word) => folded(questions, index).includes(word))) continue;
    matches.push(index);
  }
  const keyed = (of: (index: number) => number | null, sign: number) =>
    matches.filter((index) => of(index) !== null).sort((a, b) => sign * (of(a)! - of(b)!) || a - b);
  const similarity = (index: number) => (pairOf.has(index) ? (answers?.similarity(pairOf.get(index)!) ?? null) : null);
  if (state.order === "alone" && answers) return { matches: keyed((index) => nearest(questions, answers, index), 1), pairOf };
  if (state.order === "off-menu" && answers) return { matches: keyed((index) => answers.offMenu(index), -1), pairOf };
  if (state.order === "agree" && country >= 0) return { matches: keyed(similarity, -1), pairOf };
  if (state.order === "disagree" && country >= 0) return { matches: keyed(similarity, 1), pairOf };
  return { matches, pairOf };
}

/** Similarity to the country whose people answered most like the model; null where nobody was compared. */
function nearest(questions: Questions, answers: Answers, index: number): number | null {
  const [from, to] = questions.pairsOf(index);
  let best: number | null = null;
  for (let pair = from; pair < to; pair++) {
    const similarity = answers.similarity(pair);
    if (similarity !== null && (best === null || similarity > best)) best = similarity;
  }
  return best;
}

const texts = new WeakMap<Questions, string[]>();

function folded(questions: Questions, index: number): string {
  let known = texts.get(questions);
  if (!known) texts.set(questions, (known = []));
  return (known[index] ??= fold(`${questions.text[index]!} ${questions.options[index]!.join(" ")}`));
}

/** Without case and accents. */
const fold = (text: string): string => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
