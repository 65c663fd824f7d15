import { height, width, type Shape } from "./atlas.ts";

/** A part of the map, in units of its box. */
export interface View {
  x: number;
  y: number;
  width: number;
  height: number;
}

export const wholeWorld: View = { x: 0, y: 0, width, height };

const margin = 12;
/** Wider countries among several do not widen the view: Russia would make all of Asia of Eastern Europe. */
const widestOfSeveral = 160;

/** The part of the map that holds some countries, in the map's own proportions; the whole where it would be no smaller. */
export function viewOf(shapes: readonly Shape[]): View {
  const narrow = shapes.filter(({ box }) => box[2] - box[0] <= widestOfSeveral);
  const boxes = (narrow.length > 2 ? narrow : shapes).map((shape) => shape.box);
  if (boxes.length === 0) return wholeWorld;
  const [left, top] = [0, 1].map((side) => Math.min(...boxes.map((box) => box[side]!)) - margin) as [number, number];
  const [right, bottom] = [2, 3].map((side) => Math.max(...boxes.map((box) => box[side]!)) + margin) as [number, number];
  const scale = Math.max((right - left) / width, (bottom - top) / height);
  if (scale >= 1) return wholeWorld;
  const size = { width: width * scale, height: height * scale };
  return { x: (left + right - size.width) / 2, y: (top + bottom - size.height) / 2, ...size };
}
