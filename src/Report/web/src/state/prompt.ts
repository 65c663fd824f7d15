import type { Filling, PromptParts, Trim } from "../data/prompts.ts";
import { optionLetters } from "../format.ts";

/**
 * The prompt as it was sent. Texts are put in once, so one that looks like a place stays what it is.
 * @param order By position, the index of the option that is listed there.
 */
export function promptOf(parts: PromptParts, filling: Filling, order: readonly number[]): string {
  const { fill, all } = filler(parts, filling, order);
  return parts.before
    + (parts.system === null ? "" : trimmed(fill(parts.system), parts.systemTrim) + parts.behindSystem)
    + trimmed(messageOf(parts.message, fill, all), parts.messageTrim)
    + parts.after + fill(parts.opening);
}

/** What leads on from the prompt to the number that is read of each option, option by option. */
export function saidOf(parts: PromptParts, filling: Filling, order: readonly number[]): string[] {
  const { fill, all } = filler(parts, filling, order);
  return parts.said === null ? [] : all.map(([label, option]) => fill(parts.said!, label, option));
}

type Fill = (text: string, label?: string, option?: string) => string;

/** What fills places, and the labels and texts of the options in the order in which they are listed. */
function filler(parts: PromptParts, filling: Filling, order: readonly number[]): { fill: Fill; all: [string, string][] } {
  const texts = order.flatMap((index) =>
    filling.added?.behind === index ? [filling.options[index]!, filling.added.text] : [filling.options[index]!]);
  const places = { question: filling.question, country: filling.country, somebody: filling.somebody, persona: parts.persona ?? "" };
  return {
    fill: (text, label = "", option = "") =>
      text.replace(/\{(question|label|option|country|somebody|persona)\}/g, (_, name: keyof typeof places | "label" | "option") =>
        ({ ...places, label, option })[name]),
    all: texts.map((text, place) => [parts.labels?.[place] ?? optionLetters(place), text]),
  };
}

/** The line that holds {option} is written once per option. */
function messageOf(message: string, fill: Fill, all: readonly [string, string][]): string {
  const lines = `${message}\n`;
  const at = lines.indexOf("{option}");
  if (at < 0) return fill(message);
  const [from, to] = [lines.lastIndexOf("\n", at) + 1, lines.indexOf("\n", at) + 1];
  const filled = fill(lines.slice(0, from)) + all.map(([label, text]) => fill(lines.slice(from, to), label, text)).join("")
    + fill(lines.slice(to));
  return filled.slice(0, -1);
}

// What .NET takes for blanks: JavaScript's own notion has another two.
const blank = "[\\t-\\r \\u0085\\u00A0\\u1680\\u2000-\\u200A\\u2028\\u2029\\u202F\\u205F\\u3000]*";
const [atStart, atEnd] = [new RegExp(`^${blank}`), new RegExp(`${blank}$`)];

function trimmed(text: string, trim: Trim): string {
  const begun = trim === "start" || trim === "both" ? text.replace(atStart, "") : text;
  return trim === "end" || trim === "both" ? begun.replace(atEnd, "") : begun;
}
