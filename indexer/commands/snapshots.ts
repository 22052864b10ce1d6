import { usageError } from '../build-error.ts';
import { type CommandIo, parseCommandLine, requireIndexDir } from '../command-line.ts';
import {
  activateSnapshot,
  DEFAULT_KEEP,
  type ListedSnapshot,
  listSnapshots,
  pruneSnapshots,
  rollbackSnapshot,
} from '../segment/snapshot-directory.ts';

export const USAGE = `foretype snapshots list --index DIR [--json]
       foretype snapshots activate NAME --index DIR
       foretype snapshots rollback --index DIR
       foretype snapshots prune [--keep N] --index DIR`;

/** `foretype snapshots`: lists the snapshots of an index folder, switches the current one, removes old ones. */
export async function run(args: readonly string[], io: CommandIo): Promise<number> {
  const { values, positionals } = parseCommandLine(args, USAGE, {
    index: { type: 'string' },
    json: { type: 'boolean' },
    keep: { type: 'string' },
  });
  const [action, ...names] = positionals;
  refuse(values.json !== undefined && action !== 'list', '--json goes with list only');
  refuse(values.keep !== undefined && action !== 'prune', '--keep goes with prune only');
  refuse(
    names.length !== (action === 'activate' ? 1 : 0),
    `wrong number of names: ${names.length}`,
  );
  const indexDir = (): string => requireIndexDir(values.index, USAGE);
  switch (action) {
    case 'list':
      return list(indexDir(), values.json ?? false, io);
    case 'activate':
      return activate(indexDir(), names[0]!, io);
    case 'rollback':
      return rollback(indexDir(), io);
    case 'prune':
      return prune(indexDir(), parseKeep(values.keep), io);
    default:
      throw usageError(
        `expected list, activate, rollback or prune, got ${action ?? 'nothing'}\nusage: ${USAGE}`,
      );
  }
}

function refuse(wrong: boolean, message: string): void {
  if (wrong) throw usageError(`${message}\nusage: ${USAGE}`);
}

function parseKeep(text: string | undefined): number {
  if (text === undefined) return DEFAULT_KEEP;
  refuse(!/^[1-9]\d{0,8}$/.test(text), `--keep: expected a whole number of 1 or more, got ${text}`);
  return Number(text);
}

async function list(indexDir: string, asJson: boolean, io: CommandIo): Promise<number> {
  const listed = await listSnapshots(indexDir);
  if (asJson) io.stdout.write(`${JSON.stringify(listed.map(toJson), null, 2)}\n`);
  else if (listed.length === 0) io.stdout.write(`no snapshots in ${indexDir}\n`);
  else io.stdout.write(table([HEADINGS, ...listed.map(toRow)]));
  return 0;
}

async function activate(indexDir: string, name: string, io: CommandIo): Promise<number> {
  const { snapshot, historyLost } = await activateSnapshot(indexDir, name);
  if (historyLost) {
    io.stderr.write('the file "current" was damaged: what was current before is not known\n');
  }
  io.stdout.write(`${snapshot} is current\n`);
  return 0;
}

async function rollback(indexDir: string, io: CommandIo): Promise<number> {
  const { snapshot } = await rollbackSnapshot(indexDir);
  io.stdout.write(`${snapshot} is current\n`);
  return 0;
}

async function prune(indexDir: string, keep: number, io: CommandIo): Promise<number> {
  const { snapshots, leftovers } = await pruneSnapshots(indexDir, { keep });
  for (const name of snapshots) io.stdout.write(`removed ${name}\n`);
  for (const path of leftovers) io.stdout.write(`removed ${path}, left by a dead process\n`);
  if (snapshots.length + leftovers.length === 0) io.stdout.write('nothing to remove\n');
  return 0;
}

const HEADINGS = ['', 'snapshot', 'completions', 'as of', 'written', 'bytes', 'state'];

function toRow(entry: ListedSnapshot): readonly string[] {
  const written = new Date(entry.writtenAtMs).toISOString();
  const start = [entry.current ? '*' : '', entry.name];
  const { content } = entry;
  switch (content.kind) {
    case 'readable': {
      const { completions, asOf } = content.manifest;
      return [
        ...start,
        String(completions),
        asOf ?? '-',
        written,
        String(sizeBytes(entry)),
        stateOf(entry),
      ];
    }
    case 'damaged':
      return [...start, '-', '-', written, '-', `damaged: ${content.error.message}`];
  }
}

function stateOf({ current, previousRank }: ListedSnapshot): string {
  if (current) return 'current';
  return previousRank === undefined ? '' : `previous ${previousRank + 1}`;
}

/** The bytes of the snapshot's files by its manifest; null for a damaged one. */
function sizeBytes({ content }: ListedSnapshot): number | null {
  if (content.kind === 'damaged') return null;
  return content.manifest.files.reduce((sum, { bytes }) => sum + bytes, 0);
}

function toJson(entry: ListedSnapshot): object {
  const { name, current, previousRank, writtenAtMs, content } = entry;
  return {
    snapshot: name,
    current,
    previousRank: previousRank ?? null,
    writtenAt: new Date(writtenAtMs).toISOString(),
    bytes: sizeBytes(entry),
    manifest: content.kind === 'readable' ? content.manifest : null,
    fault:
      content.kind === 'damaged'
        ? { code: content.error.code, detail: content.error.message }
        : null,
  };
}

/** Columns padded to their widest cell; the last one is not padded. */
function table(rows: readonly (readonly string[])[]): string {
  const widths = HEADINGS.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows
    .map(
      (row) =>
        `${row
          .map((cell, column) => cell.padEnd(widths[column]!))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}
