// Questions, people's answers and the model's answers, unpacked when a panel first asks for them.
import { hasBlock, none16, readBlock, type Block } from "./block.ts";
import type { Run } from "./overview.ts";
import { roundedSimilarity, withSign } from "./similarity.ts";

/** A survey's questions and how people answered them. */
export class Questions {
  readonly rows: Int32Array;
  readonly text: string[];
  readonly source: string[];
  readonly options: string[][];
  readonly topics: string[];
  /** Where each question's options begin among all options; one more entry than questions. */
  readonly at: Int32Array;
  /** Question of each pair of a question and a country that was asked; rising. */
  readonly pairQuestion: Uint16Array;
  readonly pairCountry: Uint16Array;
  readonly #topicAt: Int32Array;
  readonly #topicOf: Uint8Array;
  readonly #pairAt: Int32Array;
  readonly #shareAt: Int32Array;
  readonly #shares: Uint16Array;
  readonly #indexOf = new Map<number, number>();

  constructor(block: Block) {
    const values = block.values as { text: string[]; sources: string[]; options: string[][]; topics: string[] };
    const source = block.u16("source");
    this.rows = block.i32("sourceRow");
    this.text = values.text;
    this.source = [...source].map((index) => values.sources[index]!);
    this.options = values.options;
    this.topics = values.topics;
    this.at = sums(this.options.map((options) => options.length));
    this.#topicAt = sums([...block.u8("topicCount")]);
    this.#topicOf = block.u8("topic");
    this.pairQuestion = block.u16("pairQuestion");
    this.pairCountry = block.u16("pairCountry");
    this.#shares = block.u16("share");
    this.#shareAt = new Int32Array(this.pairQuestion.length + 1);
    this.#pairAt = new Int32Array(this.text.length + 1);
    for (let pair = 0; pair < this.pairQuestion.length; pair++) {
      const question = this.pairQuestion[pair]!;
      this.#shareAt[pair + 1] = this.#shareAt[pair]! + this.options[question]!.length;
      this.#pairAt[question + 1]!++;
    }
    for (let i = 0; i < this.text.length; i++) this.#pairAt[i + 1]! += this.#pairAt[i]!;
    this.rows.forEach((row, index) => this.#indexOf.set(row, index));
  }

  get count(): number {
    return this.text.length;
  }

  /** Index of a row of the survey file. */
  indexOf(sourceRow: number): number | undefined {
    return this.#indexOf.get(sourceRow);
  }

  topicsOf(question: number): string[] {
    return [...this.#topicOf.subarray(this.#topicAt[question]!, this.#topicAt[question + 1]!)].map((topic) => this.topics[topic]!);
  }

  /** First pair of a question and the first of the next one. */
  pairsOf(question: number): [number, number] {
    return [this.#pairAt[question]!, this.#pairAt[question + 1]!];
  }

  /** Share per option, in thousandths. */
  shares(pair: number): Uint16Array {
    return this.#shares.subarray(this.#shareAt[pair]!, this.#shareAt[pair + 1]!);
  }
}

/** A run's answers. */
export class Answers {
  readonly #questions: Questions;
  readonly #probs: Uint16Array;
  readonly #offMenu: Uint16Array;
  readonly #rest: Uint16Array;

  constructor(block: Block, questions: Questions) {
    this.#questions = questions;
    this.#probs = block.u16("prob");
    this.#offMenu = block.u16("offMenu");
    this.#rest = block.u16("rest");
  }

  /** Probability per option, in thousandths; null where the question has no answer. */
  probs(question: number): Uint16Array | null {
    if (this.#offMenu[question] === none16) return null;
    return this.#probs.subarray(this.#questions.at[question]!, this.#questions.at[question + 1]!);
  }

  /** In thousandths; null where the question has no answer. */
  offMenu(question: number): number | null {
    const value = this.#offMenu[question]!;
    return value === none16 ? null : value;
  }

  /** Similarity in bits of a question and country, in thousandths; null where it was not scored. */
  similarity(pair: number): number | null {
    const rest = this.#rest[pair]!;
    if (rest === none16) return null;
    const [question, shares] = [this.#questions.pairQuestion[pair]!, this.#questions.shares(pair)];
    const first = this.#questions.at[question]!;
    return roundedSimilarity(this.#probs.subarray(first, first + shares.length), shares) + withSign(rest);
  }
}

const questions = new Map<number, Promise<Questions>>();

/** The questions of a survey; null where the page leaves them out. */
export function readQuestions(survey: number): Promise<Questions> | null {
  const known = questions.get(survey);
  if (known) return known;
  if (!hasBlock(`survey-${survey}`)) return null;
  const read = readBlock(`survey-${survey}`).then((block) => new Questions(block));
  questions.set(survey, read);
  return read;
}

const answers = new Map<number, Promise<Answers>>();

/** A run's answers; null where the page leaves them out. */
export function readAnswers(run: Run): Promise<Answers> | null {
  const known = answers.get(run.index);
  if (known) return known;
  const asked = run.detail ? readQuestions(run.survey) : null;
  if (!asked) return null;
  const read = Promise.all([readBlock(`run-${run.index}`), asked]).then(([block, survey]) => new Answers(block, survey));
  answers.set(run.index, read);
  return read;
}

function sums(lengths: readonly number[]): Int32Array {
  const result = new Int32Array(lengths.length + 1);
  lengths.forEach((length, index) => (result[index + 1] = result[index]! + length));
  return result;
}
