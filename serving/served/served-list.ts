import { EventLogError } from '../../indexer/events/event-log-error.ts';
import { jsonOf } from '../json-text.ts';
import { type FeatureRows, readFeatureRows } from './feature-rows.ts';

/** A list of suggestions as it was shown, with the features that ranked it. Holds no plain id of a user or session, and of what was typed nothing that may be personal data. */
export interface ServedList {
  readonly requestId: string;
  readonly atMs: number;
  /** Hash of the user; null for nobody, and for a request that asked not to be personalised. */
  readonly user: string | null;
  readonly session: string | null;
  readonly market: string;
  readonly snapshot: string;
  /** Normalised; null where it may hold personal data. */
  readonly typed: string | null;
  /** Null for a list that was not ranked for who asked. */
  readonly ranker: string | null;
  /** Of the list of features. */
  readonly featureVersion: number;
  /** Of the suggestions, in the order in which they were shown. */
  readonly ids: readonly string[];
  /** A row a suggestion, `features.length / ids.length` numbers each; empty for a list without a ranker. */
  readonly features: Float32Array;
}

/** A list whose rows of features write themselves. */
export interface UnwrittenList extends Omit<ServedList, 'features'> {
  /** Null for a list without a ranker. */
  readonly rows: FeatureRows | null;
}

const VERSION = 1;
const LENGTH_BYTES = 4;

/** Lists lie behind each other in pieces of so many bytes: a buffer of its own for each costs more to make and to collect than all of its writing. */
const PIECE_BYTES = 128 * 1024;

type Head = Omit<ServedList, 'features'> & { readonly v: number; readonly width: number };

let piece = Buffer.allocUnsafeSlow(PIECE_BYTES);
let used = 0;

/** The bytes of a list (FORMAT.md): what is told in JSON, then its features. A microsecond or two. */
export function encodeServedList(list: UnwrittenList): Buffer {
  const { rows, ids } = list;
  const head = headOf(list, ids.length === 0 ? 0 : (rows?.width ?? 0));
  const most = LENGTH_BYTES + 3 * head.length + (rows?.featureBytes ?? 0);
  if (used + most > piece.length) {
    piece = Buffer.allocUnsafeSlow(Math.max(PIECE_BYTES, most));
    used = 0;
  }
  const begin = used;
  const headEnd = begin + LENGTH_BYTES + piece.write(head, begin + LENGTH_BYTES);
  piece.writeUInt32LE(headEnd - begin - LENGTH_BYTES, begin);
  used = rows === null ? headEnd : rows.writeFeatures(piece, headEnd);
  return piece.subarray(begin, used);
}

/** As `JSON.stringify` writes it, at a third of its time. */
function headOf(list: UnwrittenList, width: number): string {
  const { requestId, atMs, user, session, market, snapshot, typed, ranker, ids } = list;
  let written = '';
  for (const id of ids) written += written === '' ? jsonOf(id) : `,${jsonOf(id)}`;
  const whose = `"user":${orNull(user)},"session":${orNull(session)},"market":${jsonOf(market)}`;
  const what = `"snapshot":${jsonOf(snapshot)},"typed":${orNull(typed)},"ranker":${orNull(ranker)}`;
  return `{"v":${VERSION},"requestId":${jsonOf(requestId)},"atMs":${atMs},${whose},${what},"featureVersion":${list.featureVersion},"ids":[${written}],"width":${width}}`;
}

function orNull(text: string | null): string {
  return text === null ? 'null' : jsonOf(text);
}

/** The list that `encodeServedList` wrote; `place` names the bytes in errors. Throws `damaged` or `bad-version`. */
export function decodeServedList(bytes: Buffer, place: string): ServedList {
  try {
    const end = LENGTH_BYTES + bytes.readUInt32LE(0);
    const { v, width, ...list } = JSON.parse(bytes.toString('utf8', LENGTH_BYTES, end)) as Head;
    if (v !== VERSION) {
      throw new EventLogError(
        'bad-version',
        `${place}: expected a served list of version ${VERSION}, got ${String(v)}; read it with a newer version of foretype`,
      );
    }
    return { ...list, features: readFeatureRows(bytes, end, list.ids.length, width) };
  } catch (cause) {
    if (cause instanceof EventLogError) throw cause;
    throw new EventLogError('damaged', `${place}: expected a served list`, { cause });
  }
}
