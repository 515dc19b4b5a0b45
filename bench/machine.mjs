/** What is measured on: the machine, and the versions of what runs. */
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { availableParallelism, cpus, release, type as systemType, totalmem } from "node:os";
import { promisify } from "node:util";

export async function describeMachine(postgres) {
  const [{ server_version: version }] = await postgres.query("show server_version");
  return {
    processor: cpus()[0]?.model ?? "unknown",
    cores: availableParallelism(),
    memory: `${Math.round(totalmem() / 2 ** 30)} GiB`,
    system: await systemName(),
    node: process.versions.node,
    postgres: `${version.split(" ")[0]}, ${postgres.isEmbedded ? "embedded" : "by DATABASE_URL"}`,
  };
}

async function systemName() {
  const names = await readFile("/etc/os-release", "utf8").catch(() => "");
  return `${/^PRETTY_NAME="?(.*?)"?$/m.exec(names)?.[1] ?? systemType()}, kernel ${release()}`;
}

/** The commit that is measured, and whether the tree differs from it. */
export async function currentCommit() {
  const git = async (...args) => (await promisify(execFile)("git", args)).stdout.trim();
  try {
    const isClean = (await git("status", "--porcelain", "--", "packages", "apps/service", "spec")) === "";
    return (await git("rev-parse", "--short=10", "HEAD")) + (isClean ? "" : ", changed");
  } catch {
    return "unknown";
  }
}
