import { svg, zoom } from "../dom.ts";
import { optionLetters, perMille, shorten } from "../format.ts";

/** One small chart among several: a distribution over the same options. Shares are in thousandths. */
export interface Multiple {
  title: string;
  note: string;
  shares: ArrayLike<number>;
  /** Probability outside the options, in thousandths; null where it does not apply. */
  offMenu: number | null;
  kind: "model" | "people";
}

const cell = 176;
const gap = 18;
const barHeight = 13;
const head = 36;
/** Room for how much of the probability is on the options at all. */
const strip = 18;
const letterWidth = 18;
const numberWidth = 46;

/** Small multiples: bars per option, lettered like the options listed above them. */
export function drawMultiples(label: string, multiples: readonly Multiple[], options: number, frame: number): SVGSVGElement {
  const scale = zoom();
  const width = frame / scale;
  const columns = Math.max(1, Math.floor((width + gap) / (cell + gap)));
  const across = (width - gap * (columns - 1)) / columns;
  const stripped = multiples.some((entry) => entry.offMenu !== null) ? strip : 0;
  const tall = head + stripped + options * (barHeight + 3) + 14;
  const rows = Math.max(1, Math.ceil(multiples.length / columns));
  const picture = svg("svg", {
    viewBox: `0 0 ${width} ${rows * tall}`,
    width: frame,
    height: rows * tall * scale,
    role: "img",
    "aria-label": label,
    class: "multiples",
  });
  multiples.forEach((entry, index) => {
    const [x, y] = [(index % columns) * (across + gap), Math.floor(index / columns) * tall];
    picture.append(one(entry, options, x, y, across, stripped));
  });
  return picture;
}

function one({ title, note, shares, offMenu, kind }: Multiple, options: number, x: number, y: number, across: number,
  stripped: number): SVGGElement {
  const room = across - letterWidth - numberWidth;
  const letters = Math.floor(across / 6.6);
  const group = svg("g", { transform: `translate(${x.toFixed(1)},${y})`, class: `multiple ${kind}` },
    svg("text", { y: 12, class: "multiple-title" }, shorten(title, letters)), svg("text", { y: 26, class: "multiple-note" }, note));
  const bar = (name: string, share: number, row: number, style: string) => {
    const top = head + stripped + row * (barHeight + 3);
    group.append(
      svg("text", { x: 0, y: top + barHeight - 3, class: "letter" }, name),
      svg("rect", { x: letterWidth, y: top, width: room.toFixed(1), height: barHeight, class: "track" }),
      svg("rect", {
        x: letterWidth,
        y: top,
        width: ((room * share) / 1000).toFixed(1),
        height: barHeight,
        class: style,
        "data-share": share,
      }),
      svg("text", { x: across, y: top + barHeight - 3, "text-anchor": "end", class: "share" }, perMille(share)),
    );
  };
  for (let option = 0; option < options; option++) bar(optionLetters(option), shares[option]!, option, "fill");
  if (offMenu !== null) {
    // The bars are shares of what is on the options: this strip, of all, says how much that is.
    const on = across * (1 - offMenu / 1000);
    group.append(
      svg("rect", { x: 0, y: 32, width: on.toFixed(1), height: 4, class: "on-menu" }),
      svg("rect", { x: on.toFixed(1), y: 32, width: (across - on).toFixed(1), height: 4, class: "off-menu", "data-off-menu": offMenu }),
      svg("text", { x: 0, y: 48, class: "multiple-note" }, `${perMille(1000 - offMenu)} on options, of which:`),
    );
  }
  return group;
}
