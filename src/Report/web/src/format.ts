export const three = (value: number): string => value.toFixed(3).replace("-", "\u2212");

export const signed = (value: number): string => {
  const text = Math.abs(value).toFixed(3);
  return text === "0.000" ? "\u00B10.000" : (value < 0 ? "\u2212" : "+") + text;
};

export const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

/** Thousandths as a percentage with one digit behind the point. */
export const perMille = (thousandths: number): string => `${Math.floor(thousandths / 10)}.${thousandths % 10} %`;

/** Thousandths as a number with three digits behind the point. */
export const thousandths = (value: number): string => (value / 1000).toFixed(3);

export const count = (value: number): string => value.toLocaleString("en");

export const plural = (value: number, one: string, many = `${one}s`): string => `${count(value)} ${value === 1 ? one : many}`;

/** A p-value in a table. */
export const pNumber = (value: number): string => (value < 0.0005 ? "<0.001" : three(value));

/** A p-value in a sentence. */
export const pText = (value: number): string => (value < 0.0005 ? "p below 0.001" : `p = ${three(value)}`);

/** A difference that is there is never written as 0. */
export const tiny = (value: number): string => (value > 0 && value < 0.0005 ? "less than 0.001" : three(value));

export const listOf = (names: readonly string[]): string =>
  names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names[names.length - 1]}`;

/** The letters before an option: A to Z by its place, behind them AA, AB, ... */
export const optionLetters = (place: number): string =>
  (place < 26 ? "" : optionLetters(Math.floor(place / 26) - 1)) + String.fromCharCode(65 + (place % 26));

export function shorten(text: string, length: number): string {
  const line = text.replace(/\s+/g, " ").trim();
  const letters = [...line];
  return letters.length <= length ? line : `${letters.slice(0, length - 1).join("").trimEnd()}\u2026`;
}
