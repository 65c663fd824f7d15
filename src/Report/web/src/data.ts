// The contract with ReportData.cs: what the page is given, in the order and the words of the results file's views.

export interface ReportData {
  runs: Run[];
  /** Runs of the file that hold answers but no similarities yet. */
  unscoredRuns: number;
}

export interface Run {
  id: string;
  model: string;
  modelSha256: string;
  survey: string;
  surveySha256: string;
  /** What the survey's own licence asks to be said. */
  notice: string | null;
  condition: string;
  promptedCountry: string | null;
  template: string;
  templateVersion: string;
  ending: string;
  optionOrder: string;
  exact: boolean;
  engineBuild: string;
  device: string;
  /** Day on which the run began, UTC, as YYYY-MM-DD. */
  date: string;
  /** "complete" when every question was dealt with. */
  status: string;
  /** Questions of the survey; those neither answered nor unanswered were not asked. */
  questions: number;
  answered: number;
  /** Asked, but the model could not be made to answer. */
  unanswered: number;
  /** Mean share of probability outside the option labels, 0 to 1. */
  offMenu: number | null;
  /** A country with fewer questions than this is thin: hatched on the map and not ranked. */
  thinBelow: number;
  /** Null where it was not measured. */
  noise: Noise | null;
  countries: Country[];
}

/** How far the run's arithmetic moves numbers against decoding one prompt at a time in F32: absolute differences. */
export interface Noise {
  /** Prompts of the sample. */
  prompts: number;
  /** Of one option's probability. */
  meanProb: number;
  maxProb: number;
  /** Of the similarity (bits) of one question and country; null where no country was asked any question of the sample. */
  meanSimilarity: number | null;
  maxSimilarity: number | null;
}

export interface Country {
  /** The survey's own name for it. */
  label: string;
  iso3: string | null;
  /** False for samples that do not stand for the nation. */
  national: boolean;
  /** Questions that both the country and the model answered. */
  n: number;
  /** 1 - sqrt(JSD), JSD in bits: 0 = disjoint, 1 = equal. */
  bits: number;
  /** 1 - sqrt(JSD ln 2). */
  nats: number;
  /** The same two numbers for an answerer that gives every option the same probability. */
  uniformBits: number;
  uniformNats: number;
}

export function readData(id: string): ReportData {
  const block = document.getElementById(id);
  if (block?.textContent == null) throw new Error(`The page has no data block #${id}.`);
  return JSON.parse(block.textContent) as ReportData;
}
