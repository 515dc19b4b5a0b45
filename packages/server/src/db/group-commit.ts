/** What is waiting to be written, and who waits for it. */
interface Waiting<Item, Result> {
  item: Item;
  resolve: (result: Result) => void;
  reject: (error: unknown) => void;
}

interface GroupCommitOptions<Item, Result> {
  /** Writes items of one experiment in one transaction, and gives what became of each, in their order. */
  write: (experimentId: number, items: Item[]) => Promise<Result[]>;
  /** What two items must not share if they are to be written by one statement. */
  keyOf: (item: Item) => string;
  /** About how many characters an item has. */
  sizeOf: (item: Item) => number;
}

const mostItems = 200;
const mostCharacters = 4 * 1024 * 1024;

/**
 * Writes together what arrives together. All who write to an experiment wait for one another at its counters, each for as long as the disk
 * takes; so while one transaction is under way, whatever comes for the same experiment waits and goes as one with the next. Nobody waits
 * when nothing is under way, and each is answered for itself, after the commit.
 */
export class GroupCommit<Item, Result> {
  readonly #options: GroupCommitOptions<Item, Result>;
  readonly #waiting = new Map<number, Waiting<Item, Result>[]>();

  constructor(options: GroupCommitOptions<Item, Result>) {
    this.#options = options;
  }

  add(experimentId: number, item: Item): Promise<Result> {
    return new Promise((resolve, reject) => {
      const waiting = this.#waiting.get(experimentId);
      if (waiting) {
        waiting.push({ item, resolve, reject });
        return;
      }
      const first = [{ item, resolve, reject }];
      this.#waiting.set(experimentId, first);
      void this.#writeAll(experimentId, first);
    });
  }

  async #writeAll(experimentId: number, waiting: Waiting<Item, Result>[]): Promise<void> {
    let written = 0;
    let answer = () => {};
    while (waiting.length > 0) {
      // Half of those who are about: while these are written, the others are answered and come back. All together, they would wait together.
      const group = this.#takeGroup(waiting, Math.ceil((written + waiting.length) / 2));
      const writing = this.#write(experimentId, group);
      setImmediate(answer); // once the database is at the next group
      answer = await writing;
      written = group.length;
    }
    this.#waiting.delete(experimentId);
    answer();
  }

  /** Takes what the next transaction writes: of two items with one key, the second is left for the one after it. */
  #takeGroup(waiting: Waiting<Item, Result>[], most: number): Waiting<Item, Result>[] {
    const group: Waiting<Item, Result>[] = [];
    const left: Waiting<Item, Result>[] = [];
    const keys = new Set<string>();
    let characters = 0;
    for (const entry of waiting.splice(0)) {
      const key = this.#options.keyOf(entry.item);
      const size = this.#options.sizeOf(entry.item);
      const fits =
        group.length < Math.min(most, mostItems) && (group.length === 0 || characters + size <= mostCharacters);
      if (!fits || keys.has(key)) {
        left.push(entry);
        continue;
      }
      keys.add(key);
      characters += size;
      group.push(entry);
    }
    waiting.push(...left);
    return group;
  }

  /** Gives what answers everyone in the group. If it fails for what is in it, each is tried alone, so that one bad item fails alone. */
  async #write(experimentId: number, group: Waiting<Item, Result>[]): Promise<() => void> {
    try {
      const results = await this.#options.write(
        experimentId,
        group.map(({ item }) => item),
      );
      return () => {
        for (const [index, result] of results.entries()) group[index]?.resolve(result);
      };
    } catch (error) {
      if (group.length === 1 || !isOfItsData(error)) {
        return () => {
          for (const { reject } of group) reject(error);
        };
      }
      const answers: (() => void)[] = [];
      for (const entry of group) answers.push(await this.#write(experimentId, [entry]));
      return () => {
        for (const answer of answers) answer();
      };
    }
  }
}

/** SQLSTATE's classes of data that cannot be stored. After any other failure it is not known what was written, or trying again is of no use. */
export const isOfItsData = (error: unknown): error is Error =>
  error instanceof Error && "code" in error && /^(22|23|54)/.test(String(error.code));
