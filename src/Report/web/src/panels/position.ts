import { svg } from "../dom.ts";
import type { Row } from "../data/overview.ts";
import { plainBits, write } from "../measure.ts";

const [width, left, right, y] = [340, 8, 332, 46];

const plain = (value: number): string => write(value, plainBits);

/** Where a model stands between knowing nothing about a country and the people most like it: a ruler of plain means, in bits. */
export function drawPosition(row: Row): SVGSVGElement {
  const marks = [
    { name: "random guesser", value: row.uniformBits },
    { name: "average foreign country", value: row.other },
    { name: row.nearestLabel ? `nearest: ${row.nearestLabel}` : "nearest country", value: row.nearest },
  ].filter((mark) => Number.isFinite(mark.value));
  const values = [row.bits, ...marks.map((mark) => mark.value), ...(Number.isNaN(row.low) ? [] : [row.low, row.high])];
  const [low, high] = [Math.min(...values) - 0.01, Math.max(...values) + 0.01];
  const x = (value: number) => left + ((value - low) / (high - low)) * (right - left);
  const picture = svg("svg", {
    viewBox: `0 0 ${width} ${y + 18 + marks.length * 17}`, class: "position", role: "img",
    "aria-label": `Plain means in bits: the model ${plain(row.bits)}; `
      + `${marks.map((mark) => `${mark.name} ${plain(mark.value)}`).join("; ")}.`,
  }, svg("line", { x1: left, x2: right, y1: y, y2: y, class: "axis" }));
  if (!Number.isNaN(row.low)) picture.append(svg("line", { x1: x(row.low), x2: x(row.high), y1: y, y2: y, class: "interval" }));
  marks.forEach((mark, index) => {
    const at = x(mark.value);
    picture.append(svg("path", { d: `M${at},${y - 6}V${y + 14 + index * 17}`, class: "mark-line" }));
  });
  marks.forEach((mark, index) => {
    const at = x(mark.value);
    const down = y + 18 + index * 17;
    const end = at > width / 2;
    picture.append(
      svg(
        "text",
        { x: end ? at - 4 : at + 4, y: down, "text-anchor": end ? "end" : "start", class: "mark-label" },
        `${mark.name} ${plain(mark.value)}`,
      ),
    );
  });
  const at = x(row.bits);
  picture.append(
    svg("circle", { cx: at, cy: y, r: 6, class: "model-dot" }),
    svg(
      "text",
      { x: at, y: y - 14, "text-anchor": at < 60 ? "start" : at > width - 60 ? "end" : "middle", class: "model-label" },
      `this model ${plain(row.bits)}`,
    ),
  );
  return picture;
}
