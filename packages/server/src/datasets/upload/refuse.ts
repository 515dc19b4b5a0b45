import { invalid, type Problem, problem } from "../../problem.ts";

/** An upload may have so many examples: more would take a statement longer to compare than it may take. */
export const mostExamples = 1_000_000;

export const tooManyExamples = () => problem("body_too_large", `An upload may have ${mostExamples} examples at most.`);

/** What is wrong with the file of an upload, or with the row of this number in it, from 1. */
export function refusedInFile(detail: string, code: string, row?: number): Problem {
  return invalid("/body/file", row === undefined ? detail : `${detail} (row ${row})`, code);
}

/** What is wrong with the row that is being read. Whoever counts the rows makes the refusal of it, by `refusedInFile`. */
export function refusedRow(detail: string, code: string): Problem {
  return invalid("/row", detail, code);
}
