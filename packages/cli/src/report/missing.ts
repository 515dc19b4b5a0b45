import type { ComparedMetric, ComparedSide, Comparison } from "@assay/client";
import { counted, percent, whole } from "./numbers.ts";
import { code, name, type Phrase, phrase } from "./phrase.ts";

/** Which two experiments were compared, and over how much. */
export function subjectOf({ experiment, baseline, compared_example_count: count }: Comparison): Phrase {
  const candidate = phrase`The candidate ${name(experiment.name)} (${code(experiment.id)})`;
  const sides = phrase`${candidate} against the baseline ${name(baseline.name)} (${code(baseline.id)})`;
  if (count === 0) return phrase`${sides}: there is no example to compare.`;
  const repetitions =
    experiment.repetitions === baseline.repetitions
      ? counted(experiment.repetitions, "repetition")
      : `${counted(experiment.repetitions, "repetition")}, the baseline's ${whole(baseline.repetitions)},`;
  return phrase`${sides}: ${counted(count, "example")} compared one by one, with ${repetitions} of each.`;
}

/** What the figures do not show because it is not there: examples, runs that failed, scores. */
export function missingFrom(comparison: Comparison, metrics: readonly ComparedMetric[]): Phrase[] {
  return [...missingExamples(comparison), ...failedRuns(comparison), ...metrics.flatMap(missingScores)];
}

function missingExamples({ baseline, only_baseline, only_experiment, changed, include_changed }: Comparison): Phrase[] {
  const of = (count: number) => counted(count, "example");
  const lacking = `The candidate does not have ${whole(only_baseline.count)} of the baseline's ${of(baseline.example_count)}.`;
  const added = `The baseline does not have ${of(only_experiment.count)} of the candidate's.`;
  const became = include_changed ? "compared nevertheless" : "not compared";
  const differing = `${of(changed.count)} with another content than the baseline's: ${became}.`;
  return [
    ...(only_baseline.count > 0 ? [[lacking]] : []),
    ...(only_experiment.count > 0 ? [[added]] : []),
    ...(changed.count > 0 ? [[differing]] : []),
  ];
}

function failedRuns({ error_rate: { baseline, experiment } }: Comparison): Phrase[] {
  const [before, after] = [baseline.mean_all.value ?? 0, experiment.mean_all.value ?? 0];
  if (before + after === 0) return [];
  return [[`Runs that failed: ${percent(after)} of the candidate's, ${percent(before)} of the baseline's.`]];
}

function missingScores({ name: metric, baseline, experiment }: ComparedMetric): Phrase[] {
  if (baseline.unscored_run_count + experiment.unscored_run_count === 0) return [];
  const share = ({ unscored_run_count: missing, run_count: count, unscored_share }: ComparedSide) =>
    `${whole(missing)} of ${whole(count)} (${percent(unscored_share)})`;
  return [
    phrase`Runs without ${name(metric)}: the candidate's ${share(experiment)}, the baseline's ${share(baseline)}.`,
  ];
}
