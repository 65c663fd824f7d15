// What prompts were made of. PromptBlocks.cs writes it; what several runs have in common is there once.
import { hasBlock, once, readBlock, type Block } from "./block.ts";
import type { Run } from "./overview.ts";

export type Trim = "none" | "start" | "end" | "both";

/** What all prompts of a run have in common, with the places of a question's texts. */
export interface PromptParts {
  run: number;
  before: string;
  system: string | null;
  behindSystem: string;
  message: string;
  after: string;
  opening: string;
  /** What leads on to the number that is read of each option; null where none is. */
  said: string | null;
  messageTrim: Trim;
  systemTrim: Trim;
  /** By position; null for A, B, ... */
  labels: string[] | null;
  country: string | null;
  somebody: string | null;
  persona: string | null;
  /** Number of the block of texts; null where they are the survey's own. */
  putIn: number | null;
  /** Number of the block of orders; null where options are listed as in the survey. */
  orders: number | null;
}

/** Labels are one a line there. */
type Stored = Omit<PromptParts, "labels"> & { labels: string | null };

/** By source row, texts in the place of the survey's own. */
interface PutIn {
  question: Record<string, string>;
  country: Record<string, string>;
  somebody: Record<string, string>;
  options: Record<string, string[]>;
  added: Record<string, { text: string; behind: number }>;
}

/** What one question's prompts are filled with. */
export interface Filling {
  question: string;
  /** In the survey's order. */
  options: readonly string[];
  added: { text: string; behind: number } | null;
  country: string;
  somebody: string;
}

/** A run's prompts to one question: one per order of the options. */
export interface Sent {
  parts: PromptParts;
  filling: Filling;
  orders: readonly (readonly number[])[];
}

const readParts = once("prompts", (block) =>
  new Map((block.values as { prompts: Stored[] }).prompts.map((parts): [number, PromptParts] =>
    [parts.run, { ...parts, labels: parts.labels?.split("\n") ?? null }])));

const orders = new Map<number, Promise<Map<number, number[][]>>>();

function readOrders(number: number): Promise<Map<number, number[][]>> {
  const known = orders.get(number);
  if (known) return known;
  const read = readBlock(`prompt-orders-${number}`).then(ordersOf);
  orders.set(number, read);
  return read;
}

/** By source row, the orders of its options. */
function ordersOf(block: Block): Map<number, number[][]> {
  const [rows, lengths, options] = [block.i32("sourceRow"), block.u8("length"), block.u8("option")];
  const of = new Map<number, number[][]>();
  let at = 0;
  rows.forEach((row, i) => {
    of.set(row, [...(of.get(row) ?? []), [...options.subarray(at, (at += lengths[i]!))]]);
  });
  return of;
}

/**
 * What was sent to a run's model.
 * @param row The question's row in the survey file.
 * @param options In the survey's order and words.
 * @returns "not kept" where the results file does not hold it, "left out" where the page has no room for it.
 */
export async function sentOf(run: Run, row: number, text: string, options: readonly string[]): Promise<Sent | "not kept" | "left out"> {
  const parts = (await readParts())?.get(run.index);
  if (!parts) return "not kept";
  const texts = parts.putIn === null ? null : `prompt-texts-${parts.putIn}`;
  if ((texts !== null && !hasBlock(texts)) || (parts.orders !== null && !hasBlock(`prompt-orders-${parts.orders}`))) return "left out";
  const putIn = texts === null ? null : (await readBlock(texts)).values as PutIn;
  const put = parts.orders === null ? undefined : (await readOrders(parts.orders)).get(row);
  return {
    parts,
    filling: {
      question: putIn?.question[row] ?? text,
      options: putIn?.options[row] ?? options,
      added: putIn?.added[row] ?? null,
      country: putIn?.country[row] ?? parts.country ?? "",
      somebody: putIn?.somebody[row] ?? parts.somebody ?? "",
    },
    orders: put ?? [options.map((_, index) => index)],
  };
}
