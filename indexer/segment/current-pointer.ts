import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { canonicalJson } from './canonical-json.ts';
import { replaceFile } from './durable-files.ts';
import { SegmentError } from './errors.ts';
import { decodeText, type JsonSource, parseFields } from './json-fields.ts';
import { SNAPSHOT_NAME } from './snapshot-name.ts';

const POINTER_FORMAT = 1;

/** How many earlier snapshots the pointer remembers. */
export const MOST_PREVIOUS = 16;

/** Which snapshot is served, and which were before. */
export interface CurrentPointer {
  readonly snapshot: string;
  /** The snapshots that were current before, newest first, each once and none the current one; at most 16. */
  readonly previous: readonly string[];
}

/** The pointer after `snapshot` becomes current; `before` is undefined when nothing was. */
export function advancePointer(
  before: CurrentPointer | undefined,
  snapshot: string,
): CurrentPointer {
  const history = before === undefined ? [] : [before.snapshot, ...before.previous];
  const previous = history.filter((name) => name !== snapshot).slice(0, MOST_PREVIOUS);
  return { snapshot, previous };
}

/** The text of `current`. */
export function writePointer({ snapshot, previous }: CurrentPointer): string {
  const body = { format: POINTER_FORMAT, snapshot, previous };
  return canonicalJson({ ...body, checksum: checksumOf(body) });
}

/** Parses the text of `current`; throws `bad-pointer` for anything that `writePointer` did not write. */
export function parsePointer(text: string, place: string): CurrentPointer {
  const source: JsonSource = { code: 'bad-pointer', place };
  const fields = parseFields(text, source);
  fields.onlyKnown(['format', 'snapshot', 'previous', 'checksum']);
  const format = fields.count('format');
  if (format !== POINTER_FORMAT) throw fields.fault('format', String(POINTER_FORMAT), format);
  const expected = 'a name of a snapshot';
  const snapshot = fields.string('snapshot', SNAPSHOT_NAME, expected);
  const previous = fields.list('previous').map((name, index) => {
    if (typeof name === 'string' && SNAPSHOT_NAME.test(name)) return name;
    throw fields.fault(`previous[${index}]`, expected, name);
  });
  const pointer: CurrentPointer = { snapshot, previous };
  const checksum = checksumOf({ format, snapshot, previous });
  if (fields.raw('checksum') !== checksum) {
    throw fields.fault('checksum', `${checksum}, computed of the rest`, fields.raw('checksum'));
  }
  if (writePointer(pointer) !== text) {
    throw fields.fault(
      '',
      'canonical JSON (sorted keys, two spaces, a final line feed)',
      'other spacing or order',
    );
  }
  return pointer;
}

/**
 * Reads which snapshot of an index folder is current. Throws `no-snapshot` when none ever was, `bad-pointer` when the file is
 * damaged.
 */
export async function readCurrent(indexDir: string): Promise<CurrentPointer> {
  const place = join(indexDir, 'current');
  let bytes: Uint8Array;
  try {
    bytes = await readFile(place);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new SegmentError(
      'no-snapshot',
      `${indexDir}: expected an index with a current snapshot, found no file "current"; build one with "foretype index … --out ${indexDir}"`,
      { place },
      { cause: error },
    );
  }
  return parsePointer(decodeText(bytes, { code: 'bad-pointer', place }), place);
}

/** Switches `current` in one step, durably. Callers hold the pointer lock. */
export function replaceCurrent(indexDir: string, pointer: CurrentPointer): Promise<void> {
  return replaceFile(join(indexDir, 'current'), writePointer(pointer));
}

function checksumOf(body: object): string {
  return createHash('sha256').update(canonicalJson(body)).digest('hex').slice(0, 16);
}
