import { closeSync, constants, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** open(2) on macOS: take the lock in the same step. Node has no name for it. */
const O_EXLOCK = 0x20;
const SQLITE_BUSY = 5;

/**
 * Makes this process the only one to use a directory. The lock is the kernel's: it ends with the process, however that ends, and holds
 * across containers that share the directory. `service.pid` only tells whose it is, and stays behind.
 * @returns what gives the directory free.
 * @throws Error with the name that the user has for the directory and its owner's process id, if it has an owner.
 */
export function lockDirectory(directory: string, name = directory): () => void {
  const unlock = lockFile(join(directory, "service.lock"));
  const pidFile = join(directory, "service.pid");
  if (!unlock) throw new Error(`${name} is in use by another Assay service (process ${ownerIn(pidFile)}).`);
  rmSync(pidFile, { force: true });
  writeFileSync(pidFile, `${process.pid}\n`, { flag: "wx" });
  process.once("exit", unlock); // holds on to what the garbage collector would close
  return () => {
    process.off("exit", unlock);
    unlock();
  };
}

/** Node cannot lock a file; macOS' open(2) can, and elsewhere SQLite, which comes with Node, does. Undefined if the lock is taken. */
function lockFile(path: string): (() => void) | undefined {
  if (process.platform === "darwin") {
    try {
      const file = openSync(path, constants.O_RDWR | constants.O_CREAT | constants.O_NONBLOCK | O_EXLOCK, 0o600);
      return () => closeSync(file);
    } catch (error) {
      if (error instanceof Error && "code" in error && error.code === "EAGAIN") return undefined;
      throw error;
    }
  }
  const sqlite = process.getBuiltinModule("node:sqlite");
  if (!sqlite) throw new Error("The embedded database needs Node 22.13 or newer.");
  let database: InstanceType<typeof sqlite.DatabaseSync> | undefined;
  try {
    database = new sqlite.DatabaseSync(path);
    database.exec("pragma journal_mode = memory; begin exclusive");
    return database.close.bind(database);
  } catch (error) {
    database?.close();
    if (error instanceof Error && "errcode" in error && error.errcode === SQLITE_BUSY) return undefined;
    throw new Error(`${path} cannot be locked (${String(error)}): does it belong to another user?`, { cause: error });
  }
}

function ownerIn(pidFile: string): string {
  try {
    return readFileSync(pidFile, "utf8").trim();
  } catch {
    return "unknown"; // it has the lock, and is about to write its id
  }
}
