import type { Phrase } from "./phrase.ts";

/** What is to be said of a comparison, in whichever way it is written down. */
export interface Report {
  /** The answer, in a sentence. */
  title: Phrase;
  /** What was compared with what. */
  subject: Phrase;
  table: { columns: Column[]; rows: Phrase[][] };
  /** Those without items are not shown. */
  sections: { title: string; items: Phrase[] }[];
  /** For those who see such a report for the first time. */
  explanation: Phrase[];
}

export interface Column {
  title: string;
  isNumber?: boolean;
}

export const howToReadFigures: Phrase = [
  "Every example weighs the same; its value is the mean of its repetitions, and only examples that have a value on both sides count. The difference " +
    "is the candidate less the baseline. Its interval says how far off chance may have put it: of 100 such intervals, 95 hold the true difference.",
];
