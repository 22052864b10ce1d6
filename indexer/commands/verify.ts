import { join, relative } from 'node:path';
import { usageError } from '../build-error.ts';
import { type CommandIo, parseCommandLine, requireIndexDir } from '../command-line.ts';
import { readCurrent } from '../segment/current-pointer.ts';
import { SegmentError } from '../segment/errors.ts';
import { snapshotNames } from '../segment/snapshot-files.ts';
import { verifySnapshot } from '../segment/snapshot-verification.ts';

export const USAGE = 'foretype verify --index DIR [--all]';

/**
 * `foretype verify`: checks every checksum and order invariant of the current snapshot, and with `--all` of every other one.
 * Prints a line a check that passed; returns 1 after naming the place of the first fault, with `--all` the first of each
 * snapshot.
 */
export async function run(args: readonly string[], io: CommandIo): Promise<number> {
  const { values, positionals } = parseCommandLine(args, USAGE, {
    index: { type: 'string' },
    all: { type: 'boolean', default: false },
  });
  if (positionals.length > 0) {
    throw usageError(`expected options only, got ${positionals[0]}\nusage: ${USAGE}`);
  }
  const indexDir = requireIndexDir(values.index, USAGE);
  const current = await checkCurrent(indexDir, io);
  let sound = current !== undefined && (await checkSnapshot(indexDir, current, io));
  if (values.all) {
    for (const name of await snapshotNames(indexDir)) {
      if (name !== current) sound = (await checkSnapshot(indexDir, name, io)) && sound;
    }
  }
  return sound ? 0 : 1;
}

/** The name of the current snapshot, or undefined after a fault was printed. */
async function checkCurrent(indexDir: string, io: CommandIo): Promise<string | undefined> {
  try {
    const { snapshot } = await readCurrent(indexDir);
    printPassed(indexDir, join(indexDir, 'current'), `${snapshot} is current`, io);
    return snapshot;
  } catch (error) {
    printFault(error, io);
    return undefined;
  }
}

async function checkSnapshot(indexDir: string, name: string, io: CommandIo): Promise<boolean> {
  try {
    for await (const { place, finding } of verifySnapshot(indexDir, name)) {
      printPassed(indexDir, place, finding, io);
    }
    return true;
  } catch (error) {
    printFault(error, io);
    return false;
  }
}

function printPassed(indexDir: string, place: string, finding: string, io: CommandIo): void {
  io.stdout.write(`ok     ${relative(indexDir, place)}: ${finding}\n`);
}

/** Prints what a check found; what is no finding, such as a disk that cannot be read, is thrown on. */
function printFault(error: unknown, io: CommandIo): void {
  if (!(error instanceof SegmentError)) throw error;
  io.stderr.write(`fault  ${error.message}\n`);
}
