/** What a process takes of processor and memory. */
import { execFile } from "node:child_process";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Seconds of processor that a process has used so far. */
export async function cpuSeconds(pid) {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => undefined);
  if (stat !== undefined) {
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return (Number(fields[11]) + Number(fields[12])) / 100; // ticks, of which every Linux that Node runs on has a hundred
  }
  const { stdout } = await run("ps", ["-o", "time=", "-p", String(pid)]); // [[dd-]hh:]mm:ss.ss
  return stdout
    .trim()
    .split(/[-:]/)
    .reduceRight(
      ([sum, unit], part, index, parts) => {
        return [sum + Number(part) * unit, unit * (parts.length - index === 3 ? 24 : 60)];
      },
      [0, 1],
    )[0];
}

/** MB that a process has in memory now. */
export async function residentMB(pid) {
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => undefined);
  if (status !== undefined) return megabytes(status, "VmRSS");
  const { stdout } = await run("ps", ["-o", "rss=", "-p", String(pid)]);
  return (Number(stdout) * 1024) / 1e6;
}

/** Watches the memory of a process. Gives the function that ends that and gives the most MB that it had since. */
export async function watchPeak(pid) {
  try {
    await writeFile(`/proc/${pid}/clear_refs`, "5"); // the kernel's own peak is as of now
    return async () => megabytes(await readFile(`/proc/${pid}/status`, "utf8"), "VmHWM");
  } catch {
    let peak = await residentMB(pid);
    const timer = setInterval(async () => {
      peak = Math.max(peak, await residentMB(pid).catch(() => 0));
    }, 100);
    return async () => {
      clearInterval(timer);
      return Math.max(peak, await residentMB(pid));
    };
  }
}

function megabytes(status, name) {
  return (Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]) * 1024) / 1e6;
}

/** MB that a process and all below it have in memory, what they share counted once; undefined where there is no /proc. */
export async function residentTreeMB(root) {
  const entries = await readdir("/proc").catch(() => []);
  const children = new Map();
  for (const pid of entries.filter((name) => /^\d+$/.test(name))) {
    const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
    const parent = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
    children.set(parent, [...(children.get(parent) ?? []), Number(pid)]);
  }
  if (!children.size) return undefined;
  const tree = [root];
  for (const pid of tree) tree.push(...(children.get(pid) ?? []));
  const rollups = await Promise.all(tree.map((pid) => readFile(`/proc/${pid}/smaps_rollup`, "utf8").catch(() => "")));
  return rollups.reduce((sum, rollup) => sum + (megabytes(rollup, "Pss") || 0), 0);
}
