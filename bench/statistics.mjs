/**
 * Simulates experiments whose truth is known, compares them with the server's own functions, and writes to `statistics.md` how often a difference
 * is found where there is none, and how often where there is one, beside what `power` promised. The same seeds give the same file.
 * `pnpm exec node bench/statistics.mjs [experiments per cell]` takes 10 minutes of one core for 10,000.
 */
import { writeFile } from "node:fs/promises";
import { valuesByExample } from "../packages/server/src/comparisons/statistics/examples.ts";
import { compareExamples } from "../packages/server/src/comparisons/statistics/paired-difference.ts";
import { detectableDifference, noiseOf, powerOf } from "../packages/server/src/comparisons/statistics/power.ts";
import { randomWords } from "../packages/server/src/comparisons/statistics/random.ts";
import { verdictOf } from "../packages/server/src/comparisons/statistics/verdict.ts";

const experiments = Number(process.argv[2] ?? 10_000);
const goalExperiments = 2_000;
const sizes = [10, 30, 100, 300];
const repetitions = [1, 3, 5];

/**
 * Ways in which scores come about: `example` draws what an example is like on either side, `score` one repetition of it. `components` are the
 * true standard deviations between examples and within them, at a true difference; `correlation` is that of the sides if they differ.
 */
const kinds = {
  continuous: {
    correlation: 0.8,
    components: () => ({ between: 0.15, within: 0.1 }),
    example: (random, difference) => {
      const before = 0.15 * random.normal();
      const after = difference === 0 ? before : 0.8 * before + 0.6 * 0.15 * random.normal() + difference;
      return [before, after];
    },
    score: (random, value) => 0.6 + value + 0.1 * random.normal(),
  },
  "pass/fail": {
    passFail: true,
    largest: 0.75,
    correlation: 1,
    components: (difference) => {
      const between = (0.8 - difference) / Math.sqrt(12);
      return { between, within: Math.sqrt(0.25 - (difference / 2) ** 2 - between ** 2) };
    },
    example: (random, difference) => {
      const before = 0.1 + (0.8 - difference) * random.uniform();
      return [before, before + difference];
    },
    score: (random, chance) => (random.uniform() < chance ? 1 : 0),
  },
  skewed: {
    correlation: 1,
    components: () => {
      const spread = Math.expm1(0.25);
      return { between: Math.exp(0.25) * Math.sqrt(spread), within: Math.exp(0.375) * Math.sqrt(spread) };
    },
    example: (random, difference) => {
      const level = 0.5 * random.normal();
      return [
        { level, shift: 0 },
        { level, shift: difference },
      ];
    },
    score: (random, { level, shift }) => Math.exp(level + 0.5 * random.normal()) + shift,
  },
};

/** Neither side is better on average, and yet differences lean to one side, or hardly any example differs. */
const leaning = {
  "nine in ten examples gain 0.05, one loses 0.45": {
    repetitions: [1],
    example: (random) => {
      const before = 0.15 * random.normal();
      return [before, before + (random.uniform() < 0.1 ? -0.45 : 0.05)];
    },
    score: (random, value) => 0.6 + value + 0.02 * random.normal(),
  },
  "exponential differences": {
    repetitions: [1],
    example: (random) => [0, 1 + Math.log(random.uniform())],
    score: (_, value) => value,
  },
  "log-normal differences, deviation of the logarithm 1": {
    repetitions: [1],
    example: (random) => [0, Math.exp(random.normal()) - Math.exp(0.5)],
    score: (_, value) => value,
  },
  "pass/fail, 19 in 20 examples always pass": {
    repetitions: [3],
    example: (random) => {
      const chance = random.uniform() < 0.05 ? 0.5 : 1;
      return [chance, chance];
    },
    score: kinds["pass/fail"].score,
  },
};

/** The difference changes the variance too, of which `power` cannot know: it is told that of the baseline. */
const unequal = {
  "skewed, raised by a share": {
    ...kinds.skewed,
    example: (random, difference) => {
      const level = 0.5 * random.normal();
      return [
        { level, factor: 1 },
        { level, factor: 1 + difference / Math.exp(0.25) },
      ];
    },
    score: (random, { level, factor }) => factor * Math.exp(level + 0.5 * random.normal()),
  },
  "pass/fail, up from 0.6 everywhere": {
    ...kinds["pass/fail"],
    largest: 0.4,
    components: () => ({ between: 0, within: Math.sqrt(0.6 * 0.4) }),
    example: (_, difference) => [0.6, 0.6 + difference],
  },
};

/** Numbers drawn from the words of a seed. */
function randomNumbers(...seed) {
  const next = randomWords(...seed.map(String));
  const uniform = () => ((next() >>> 5) * 2 ** 26 + (next() >>> 6) + 0.5) * 2 ** -53; // never 0 or 1
  return { uniform, normal: () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform()) };
}

/** The share of experiments found better or worse: among the first ones, for which the goal is stated, and among all. */
function shareFound(kind, { examples, count, difference, seed }) {
  const random = randomNumbers(seed, examples, count);
  const ids = Float64Array.from({ length: examples * count }, (_, index) => Math.floor(index / count));
  let found = 0;
  let foundForGoal = 0;
  for (let experiment = 0; experiment < experiments; experiment++) {
    const truths = Array.from({ length: examples }, () => kind.example(random, difference));
    const side = (which) =>
      valuesByExample({ examples: ids, scores: Array.from(ids, (id) => kind.score(random, truths[id][which])) });
    const pairing = { ids: [`baseline ${experiment}`, `experiment ${experiment}`], range: null };
    const comparison = compareExamples(side(0), side(1), pairing);
    const asked = { adjustedP: comparison.p_value.value, direction: "maximize", margin: null };
    if (["better", "worse"].includes(verdictOf(comparison, asked))) found++;
    if (experiment < goalExperiments) foundForGoal = found;
  }
  return { all: found / experiments, forGoal: foundForGoal / Math.min(goalExperiments, experiments) };
}

/** The difference that has a chance of 80 % to be found, on which the noise may depend in its turn, and that chance. */
function plan(kind, examples, count) {
  const known = (value) => ({ value, reason: null });
  const noiseAt = (difference) => {
    const { between, within } = kind.components(difference);
    return noiseOf({
      components: { between: known(between), within: known(within) },
      correlation: known(kind.correlation),
      repetitions: { baseline: count, experiment: count },
      passFail: kind.passFail ?? false,
    });
  };
  let difference = 0;
  for (let round = 0; round < 20; round++) {
    const detectable = detectableDifference(noiseAt(difference), { examples }).value;
    difference = Math.min(detectable, kind.largest ?? detectable);
  }
  return { difference, promised: powerOf(noiseAt(difference), { difference, examples }).value };
}

const percent = (share) => `${(100 * share).toFixed(1)} %`;
const mark = (text, isMissed) => (isMissed ? `**${text}**` : text);

function falseAlarms() {
  return table(kinds, (name, kind, count, examples) => {
    const { all, forGoal } = shareFound(kind, { examples, count, difference: 0, seed: `${name} null` });
    return mark(`${percent(forGoal)} (${percent(all)})`, forGoal > 0.06);
  });
}

function keptPromises(group, isGoal) {
  return table(group, (name, kind, count, examples) => {
    const { difference, promised } = plan(kind, examples, count);
    const { all } = shareFound(kind, { examples, count, difference, seed: `${name} different` });
    const text = `${percent(all)} of ${percent(promised)} at ${difference.toFixed(3)}`;
    return mark(text, isGoal && examples >= 30 && Math.abs(all - promised) > 0.03);
  });
}

function falseAlarmsOfLeaning() {
  return table(leaning, (name, kind, count, examples) =>
    percent(shareFound(kind, { examples, count, difference: 0, seed: name }).all),
  );
}

/** A row for each kind and number of repetitions, a column for each number of examples. */
function table(group, cell) {
  const rows = Object.entries(group).flatMap(([name, kind]) =>
    (kind.repetitions ?? repetitions).map((count) => {
      const cells = sizes.map((examples) => cell(name, kind, count, examples));
      const row = [`${name}, ${count}`, ...cells].join(" | ");
      console.log(row); // what is done so far: the whole takes minutes
      return `| ${row} |`;
    }),
  );
  const head = ["scores, repetitions", ...sizes.map((size) => `n = ${size}`)];
  return [`| ${head.join(" | ")} |`, `|${"---|".repeat(head.length)}`, ...rows].join("\n");
}

const text = `<!-- Written by bench/statistics.mjs: do not edit. -->
# How far the statistics can be trusted

Simulated experiments whose truth is known, compared by the service's own functions: ${experiments.toLocaleString("en")} for each cell, one
evaluation each, n examples that both sides have. The seeds are fixed. A share of ${percent(0.05)} among ${goalExperiments.toLocaleString("en")} comes out between
4.0 % and 6.0 % in 95 of 100 cells by chance alone.

The scores are

- continuous: normal, with a standard deviation of 0.15 between examples and 0.1 between repetitions of one;
- pass/fail: an example passes with a chance of its own, between 0.1 and 0.9;
- skewed, like latencies and token counts: log-normal, with a deviation of the logarithm of 0.5 between examples and of 0.5 within.

## Finding a difference where there is none

Both sides draw from the same distribution, example by example. The share of experiments with the verdict \`better\` or \`worse\` should be at most
6 % among ${goalExperiments.toLocaleString("en")}; in parentheses, among all. Cells in bold miss that.

${falseAlarms()}

McNemar's exact test (pass/fail, one repetition) and permutations of few different values (pass/fail, n = 10) stay well below 5 %: so few
outcomes are possible that the next less extreme one would be above it.

## Finding a difference where there is one

The experiment is better by the difference that \`power\` says is found with a chance of 80 %, told the true variances and correlation: the share found,
of the share promised, at that difference. From 30 examples on they should be at most 3 points apart. Cells in bold miss that.

${keptPromises(kinds, true)}

At 10 examples the promise holds less: it is Student's test that it is computed for, and below 30 examples permutations decide. For single passes and
failures it is McNemar's test that it is computed for, at any number.

## Where it is weak

**Leaning differences and few examples.** No side is better on average here, but differences lean to one side: most examples gain a little, and
a few lose much. Permutations take differences to be symmetric, and Student's test comes close to 5 % only with many examples. In the first row
a third of the experiments with 10 examples drew none of those that lose, and so looked better throughout. Read the largest regressions one by
one; a verdict on few examples does not know of those that you do not have. Where hardly any example differs at all (the last row), little is
found, and nothing too much. The share of experiments found better or worse:

${falseAlarmsOfLeaning()}

**Differences that change the variance.** \`power\` knows the baseline's variance. Where the other side varies more, as when every latency grows by
the same share, less is found than promised; where it varies less, as when nearly everything passes, more. Found, of promised, at the difference:

${keptPromises(unequal, false)}
`;
await writeFile(new URL("statistics.md", import.meta.url), text);
