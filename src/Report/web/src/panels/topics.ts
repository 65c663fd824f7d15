import type { TopicScore } from "../data/extras.ts";
import type { Row } from "../data/overview.ts";
import { dotPlot, type Dot } from "../figures/dots.ts";
import { count, thousandths } from "../format.ts";
import { plainBits, title } from "../measure.ts";
import type { Page } from "./panel.ts";

/** Plain means by topic, each with the random guesser's. */
export function topicPlot(page: Page, row: Row, scores: readonly TopicScore[], width: number): SVGSVGElement {
  const ramp = page.palette().sequential;
  const dots = scores.map((score): Dot => ({
    name: score.topic,
    value: score.bits / 1000,
    low: null,
    high: null,
    before: null,
    own: score.uniformBits / 1000,
    colour: ramp(0.7),
    faint: score.n < 10,
    chosen: false,
    words: `${score.topic}: ${thousandths(score.bits)} bits, random guesser ${thousandths(score.uniformBits)}, n = ${count(score.n)}`,
  }));
  return dotPlot({
    label: `${title(plainBits)} to ${row.label} by topic`,
    axis: title(plainBits),
    dots,
    reversed: false,
    lines: [],
    width,
    choose: null,
  });
}
