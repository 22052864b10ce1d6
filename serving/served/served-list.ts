import { EventLogError } from '../../indexer/events/event-log-error.ts';

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

const VERSION = 1;
const LENGTH_BYTES = 4;
const VALUE_BYTES = 4;

type Head = Omit<ServedList, 'features'> & { readonly v: number; readonly width: number };

/** The bytes of a list (FORMAT.md): what is told in JSON, then of each row which features are not 0, and these. A few microseconds. */
export function encodeServedList({ features, ...list }: ServedList): Buffer {
  const width = list.ids.length === 0 ? 0 : features.length / list.ids.length;
  const head = Buffer.from(JSON.stringify({ v: VERSION, ...list, width }));
  const maskBytes = Math.ceil(width / 8);
  let values = 0;
  for (let i = 0; i < features.length; i++) if (features[i] !== 0) values++;
  const rows = width === 0 ? 0 : list.ids.length;
  const bytes = Buffer.alloc(LENGTH_BYTES + head.length + rows * maskBytes + values * VALUE_BYTES);
  let at = bytes.writeUInt32LE(head.length, 0);
  at += head.copy(bytes, at);
  for (let row = 0; row < rows; row++) {
    const mask = at;
    at += maskBytes;
    for (let i = 0; i < width; i++) {
      const value = features[row * width + i] ?? 0;
      if (value === 0) continue;
      bytes[mask + (i >> 3)] = (bytes[mask + (i >> 3)] ?? 0) | (1 << (i & 7));
      at = bytes.writeFloatLE(value, at);
    }
  }
  return bytes;
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
    return { ...list, features: decodeFeatures(bytes, end, list.ids.length, width) };
  } catch (cause) {
    if (cause instanceof EventLogError) throw cause;
    throw new EventLogError('damaged', `${place}: expected a served list`, { cause });
  }
}

function decodeFeatures(bytes: Buffer, begin: number, rows: number, width: number): Float32Array {
  const features = new Float32Array(width === 0 ? 0 : rows * width);
  const maskBytes = Math.ceil(width / 8);
  let at = begin;
  for (let row = 0; row * width < features.length; row++) {
    const mask = at;
    at += maskBytes;
    for (let i = 0; i < width; i++) {
      if ((bytes.readUInt8(mask + (i >> 3)) & (1 << (i & 7))) === 0) continue;
      features[row * width + i] = bytes.readFloatLE(at);
      at += VALUE_BYTES;
    }
  }
  return features;
}
