const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/**
 * The prompt as it was sent: the wording with question, labels and options in the places of its placeholders. The line
 * that holds {option} is written once per option. Texts are put in once, so one that looks like a placeholder stays what it is.
 */
export function promptOf(wording: string, question: string, options: readonly string[]): string {
  const at = wording.indexOf("{option}");
  const from = wording.lastIndexOf("\n", at) + 1;
  const to = wording.indexOf("\n", at) + 1;
  const fill = (pieces: string, label: string, option: string) =>
    pieces.replace(/\{(question|label|option)\}/g, (_, name: string) =>
      name === "question" ? question : name === "label" ? label : option,
    );
  return fill(wording.slice(0, from), "", "")
    + options.map((option, index) => fill(wording.slice(from, to), letters[index] ?? "?", option)).join("")
    + fill(wording.slice(to), "", "");
}
