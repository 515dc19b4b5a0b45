import { setImmediate } from "node:timers/promises";
import type { Kysely, Transaction } from "kysely";
import type { DB } from "../generated/schema.d.ts";
import { isOfItsData } from "./db/group-commit.ts";
import { inTransaction } from "./db/transaction.ts";
import type { Item, Items } from "./items.ts";
import { orProblem, Problem, type ProblemField, problem, problemOfDatabaseError } from "./problem.ts";

const mostItems = 100_000;
const groupItems = 1000;
/** So many are read at a stretch. */
const turnItems = 32;
/** In bytes, or in characters where it is known of the content alone. */
const groupSize = 4 * 1024 * 1024;
/** The most rejected items that the refusal of an atomic batch names. */
const namedItems = 1000;

/** What became of an item: it is recorded under this id, or refused. */
export type Recorded<Outcome> = { outcome: Outcome; id: string } | Problem;

/** How the items of a batch are recorded. */
interface Recording<Value, Row, Outcome extends string> {
  db: Kysely<DB>;
  /** Whether one item that is refused keeps all others from being recorded. */
  atomic: boolean;
  outcomes: readonly Outcome[];
  /** What there is to record of an item. Throws a Problem if the item fits the contract and means nothing. */
  read: (value: Value, pointer: string) => Row;
  /** About how many characters a row has. */
  sizeOf: (row: Row) => number;
  /** Records some rows, and gives what became of each, in their order. */
  write: (trx: Transaction<DB>, rows: Row[]) => Promise<Recorded<Outcome>[]>;
  /** The same in a transaction of its own, if there is a faster way than to begin one, wait for `write`, and end it. */
  writeAtOnce?: (rows: Row[]) => Promise<Recorded<Outcome>[]>;
}

/**
 * Records the items of a batch and says of each, in order, what became of it. They are written in groups, each in a transaction of its own,
 * while the next group is read: nothing is locked and no connection is held while the client sends, and two groups are in memory. An atomic
 * batch is read as a whole before it is written.
 * @throws a Problem: 413 for too many items; of an atomic batch, 409 or 422 naming the items that are refused. Whatever it throws of a batch
 *   that is not atomic, it says how many of the items are done.
 */
export async function recordBatch<Value, Row, Outcome extends string>(
  items: Items<Value>,
  recording: Recording<Value, Row, Outcome>,
) {
  const { atomic, outcomes } = recording;
  const results = atomic ? await recordAll(items, recording) : await recordInGroups(items, recording);
  const counts = Object.fromEntries([...outcomes, "rejected"].map((outcome) => [outcome, 0])) as Record<
    Outcome | "rejected",
    number
  >; // an entry for each
  for (const { outcome } of results) counts[outcome]++;
  return { data: results, counts };
}

/** What the answer says of a problem: there may be a hundred thousand, and a Problem, as any error, remembers where it was made. */
type Rejection = ReturnType<Problem["ofItem"]>;

/** What the answer says of an item. */
type Result<Outcome> = { outcome: Outcome | "rejected"; id?: string; problem?: Rejection };

/** An item that is refused; `place` is that in the batch, from 0. */
interface Refused {
  place: number;
  pointer: string;
  problem: Rejection;
}

/** Items that are written together, and those among them that were refused when they were read. */
interface Group<Row> {
  rows: { place: number; pointer: string; row: Row }[];
  refused: Refused[];
  /** How many items there are up to its end. */
  end: number;
}

async function* groupsOf<Value, Row, Outcome extends string>(
  items: AsyncIterable<Item<Value>>,
  { read, sizeOf }: Recording<Value, Row, Outcome>,
): AsyncGenerator<Group<Row>> {
  let group: Group<Row> = { rows: [], refused: [], end: 0 };
  let size = 0;
  for await (const item of items) {
    if (group.end === mostItems) {
      yield group;
      throw problem("body_too_large", `A batch may have ${mostItems} items at most.`);
    }
    const { pointer } = item;
    const place = group.end++;
    // Else Postgres would get the rest of the group before only when all of this one is read: a connection takes some 200 kB at once.
    if (place % turnItems === 0) await setImmediate();
    const row = "problem" in item ? item.problem : orProblem(() => read(item.value, pointer));
    if (row instanceof Problem) group.refused.push({ place, pointer, problem: row.ofItem() });
    else {
      group.rows.push({ place, pointer, row });
      size += item.bytes ?? sizeOf(row);
    }
    if (group.rows.length + group.refused.length < groupItems && size < groupSize) continue;
    yield group;
    group = { rows: [], refused: [], end: group.end };
    size = 0;
  }
  yield group;
}

async function recordInGroups<Value, Row, Outcome extends string>(
  items: Items<Value>,
  recording: Recording<Value, Row, Outcome>,
): Promise<Result<Outcome>[]> {
  const results: Result<Outcome>[] = [];
  let done = 0;
  const write = async ({ rows, refused, end }: Group<Row>) => {
    const recorded = await writeTogetherOrAlone(
      rows.map(({ row }) => row),
      recording,
    );
    for (const [index, { place }] of rows.entries()) {
      const each = recorded[index];
      if (each) results[place] = each instanceof Problem ? rejected(each.ofItem()) : each;
    }
    for (const { place, problem } of refused) results[place] = rejected(problem);
    done = end;
  };
  let writing = Promise.resolve();
  try {
    for await (const group of groupsOf(items, recording)) {
      await writing;
      writing = write(group);
      writing.catch(() => {}); // it is awaited with the next group, or at the end
    }
    await writing;
  } catch (error) {
    await writing.catch(() => {}); // it counts if it succeeds
    throw sayingWhatIsDone(error, done);
  }
  return results;
}

const rejected = (problem: Rejection) => ({ outcome: "rejected", problem }) as const;

/** If a group fails for what is in it, each of its rows is tried alone, so that one bad row fails alone. */
async function writeTogetherOrAlone<Value, Row, Outcome extends string>(
  rows: Row[],
  recording: Recording<Value, Row, Outcome>,
): Promise<Recorded<Outcome>[]> {
  const { db, write, writeAtOnce = (rows) => inTransaction(db, (trx) => write(trx, rows)) } = recording;
  if (rows.length === 0) return [];
  try {
    return await writeAtOnce(rows);
  } catch (error) {
    if (!isOfItsData(error)) throw error;
    if (rows.length === 1) return [problemOfDatabaseError(error) ?? problem("internal", "It could not be recorded.")];
  }
  const results: Recorded<Outcome>[] = [];
  for (const row of rows) results.push(...(await writeTogetherOrAlone([row], recording)));
  return results;
}

function sayingWhatIsDone(error: unknown, done: number): unknown {
  const told = error instanceof Problem || !(error instanceof Error) ? error : problemOfDatabaseError(error);
  if (!(told instanceof Problem) || done === 0) return error;
  const { code, message, errors = [], headers } = told;
  return new Problem(code, `${message} The first ${done} items of the batch are done.`, {
    headers,
    ...(errors.length > 0 && { errors }),
  });
}

async function recordAll<Value, Row, Outcome extends string>(
  items: Items<Value>,
  recording: Recording<Value, Row, Outcome>,
): Promise<Result<Outcome>[]> {
  const groups: Group<Row>[] = [];
  for await (const group of groupsOf(items.inMemory(), recording)) groups.push(group);
  return await inTransaction(recording.db, async (trx) => {
    const results: Result<Outcome>[] = [];
    const refused: Refused[] = [];
    for (const group of groups) {
      refused.push(...group.refused);
      const { rows } = group;
      if (rows.length === 0) continue;
      const recorded = await recording.write(
        trx,
        rows.map(({ row }) => row),
      );
      for (const [index, { place, pointer }] of rows.entries()) {
        const each = recorded[index];
        if (each instanceof Problem) refused.push({ place, pointer, problem: each.ofItem() });
        else if (each) results[place] = each;
      }
    }
    if (refused.length > 0) throw refusalOf(refused, groups.at(-1)?.end ?? 0);
    return results;
  });
}

/** The refusal of a whole batch: a conflict, if nothing else is wrong with any of its items. */
function refusalOf(refused: Refused[], count: number): Problem {
  refused.sort((a, b) => a.place - b.place);
  const fields = refused.slice(0, namedItems).map(({ pointer, problem }): ProblemField => {
    const [field] = problem.errors ?? [];
    return field ?? { pointer, detail: problem.detail, code: problem.code };
  });
  const isConflict = refused.every(({ problem }) => problem.code === "run_exists");
  return new Problem(
    isConflict ? "run_exists" : "invalid_request",
    `Nothing is recorded: ${refused.length} of ${count} items are rejected. ${fields[0]?.detail}`,
    { errors: fields },
  );
}
