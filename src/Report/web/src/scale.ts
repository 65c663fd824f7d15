import { interpolateViridis } from "d3-scale-chromatic";

/** A linear colour scale. Viridis: equal steps look equal, also to colour-blind readers and in grey print. */
export interface Scale {
  low: number;
  high: number;
  ticks: number[];
  /** 0 to 1; values outside the range are held at its ends. */
  position(value: number): number;
  colour(value: number): string;
}

/** Spans the given values, widened to whole hundredths so that its ends can be read. */
export function makeScale(values: readonly number[]): Scale {
  let low = Math.floor(Math.min(...values) * 100) / 100;
  let high = Math.ceil(Math.max(...values) * 100) / 100;
  if (values.length === 0) [low, high] = [0, 1];
  if (high - low < 0.015) [low, high] = [low - 0.01, high + 0.01];
  const position = (value: number) => Math.min(1, Math.max(0, (value - low) / (high - low)));
  return { low, high, ticks: ticksBetween(low, high), position, colour: (value) => interpolateViridis(position(value)) };
}

/** Three to seven round numbers inside [low, high]. */
export function ticksBetween(low: number, high: number): number[] {
  const rough = (high - low) / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= rough * 0.999) ?? rough;
  const ticks: number[] = [];
  for (let i = Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i++) ticks.push(Number((i * step).toPrecision(12)));
  return ticks;
}
