import { createHash } from 'node:crypto';
import { canonicalJson } from './canonical-json.ts';
import { SegmentError } from './errors.ts';
import { JsonFields, type JsonSource, parseFields } from './json-fields.ts';
import { nameSnapshot, SNAPSHOT_NAME } from './snapshot-name.ts';

export const MANIFEST_FORMAT = 1;

/** The segment's file within a snapshot's folder. */
export const SEGMENT_FILE = 'segment.ft';

export interface MarketSize {
  /** BCP 47 tag, or `und` for rows without a market. */
  readonly market: string;
  readonly completions: number;
}

/** Up to where a snapshot counts the events of a log. */
export interface EventsUpTo {
  /** Offset of the first event that is not in the snapshot. */
  readonly offset: number;
  /** When the one before it arrived, in epoch milliseconds: tells this log from others. */
  readonly arrivedMs: number;
}

/** What a snapshot was built from and how; a server needs it to treat what comes later alike. */
export interface SnapshotInfo {
  /** The instant that decay counts from, ISO 8601 in UTC; null where no row had a time and none was given. */
  readonly asOf: string | null;
  /** The market given to `index`, which requests without one get; null when none was given. */
  readonly market: string | null;
  /** The markets with their sizes, in code unit order, each once. */
  readonly markets: readonly MarketSize[];
  readonly completions: number;
  /** Distinct users that a completion needs in its market. */
  readonly minUsers: number;
  readonly group: 'none' | 'surface' | 'variants';
  /** Whether the blocklist was applied; false holds for whatever is shown over this snapshot, too. */
  readonly safety: boolean;
  /** Days in which a count loses half its weight; 0 where counts are not decayed. */
  readonly halfLifeDays: number;
  /** Absent where no events were given. */
  readonly events?: EventsUpTo;
  /** Counters of the build by name, such as rows read and rows left out. */
  readonly input: Readonly<Record<string, number>>;
}

export interface ManifestFile {
  readonly file: string;
  readonly bytes: number;
  /** SHA-256 of the whole file, in hexadecimal. */
  readonly sha256: string;
}

/** What a snapshot's folder holds. Has no time of writing, path or process: the same input gives the same bytes. */
export interface Manifest extends SnapshotInfo {
  readonly format: typeof MANIFEST_FORMAT;
  /** `s-` and the first 16 digits of `checksum`. */
  readonly snapshot: string;
  readonly files: readonly ManifestFile[];
  /** SHA-256, in hexadecimal, of the canonical JSON of all fields but `snapshot` and `checksum`. */
  readonly checksum: string;
}

type ManifestBody = Omit<Manifest, 'snapshot' | 'checksum'>;

const FIELDS: readonly (keyof Manifest)[] = [
  'asOf',
  'checksum',
  'completions',
  'events',
  'files',
  'format',
  'group',
  'halfLifeDays',
  'input',
  'market',
  'markets',
  'minUsers',
  'safety',
  'snapshot',
];
const TIME = /^([+-]\d{2})?\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?Z$/;
const MARKET = /^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$/;
const FILE_NAME = /^[a-z][a-z0-9-]*(\.[a-z0-9]+)*$/;
const COUNTER_NAME = /^[A-Za-z][\w.-]*$/;
const SHA256 = /^[0-9a-f]{64}$/;

/** Makes the manifest of a snapshot; throws `bad-input` naming the field that cannot be. */
export function createManifest(info: SnapshotInfo, files: readonly ManifestFile[]): Manifest {
  const source: JsonSource = { code: 'bad-input', place: 'what is to be published' };
  const markets = [...info.markets].sort((a, b) => (a.market < b.market ? -1 : 1));
  const fields = new JsonFields({ ...info, markets, files, format: MANIFEST_FORMAT }, source);
  fields.onlyKnown(FIELDS.filter((field) => field !== 'snapshot' && field !== 'checksum'));
  const body = readBody(fields);
  const checksum = checksumOf(body);
  return { ...body, snapshot: nameSnapshot(checksum), checksum };
}

/** The text of `manifest.json`; `parseManifest` accepts this text and no other for the same content. */
export function writeManifest(manifest: Manifest): string {
  return canonicalJson(manifest);
}

/**
 * Parses the text of a `manifest.json`. Throws `bad-version` for another format and `bad-manifest`, naming `place` and the
 * field, for anything that `writeManifest` did not write: any changed, missing or added byte.
 */
export function parseManifest(text: string, place: string): Manifest {
  const source: JsonSource = { code: 'bad-manifest', place };
  const fields = parseFields(text, source);
  checkFormat(fields, place);
  fields.onlyKnown(FIELDS);
  const body = readBody(fields);
  const checksum = fields.string('checksum', SHA256, '64 hexadecimal digits');
  const computed = checksumOf(body);
  if (checksum !== computed)
    throw fields.fault('checksum', `${computed}, computed of the rest`, checksum);
  const snapshot = fields.string('snapshot', SNAPSHOT_NAME, 's- and 16 hexadecimal digits');
  if (snapshot !== nameSnapshot(checksum)) {
    throw fields.fault('snapshot', nameSnapshot(checksum), snapshot);
  }
  const manifest: Manifest = { ...body, snapshot, checksum };
  if (writeManifest(manifest) !== text) {
    throw fields.fault(
      '',
      'canonical JSON (sorted keys, two spaces, a final line feed)',
      'other spacing or order',
    );
  }
  return manifest;
}

function checkFormat(fields: JsonFields, place: string): void {
  const format = fields.count('format');
  if (format === MANIFEST_FORMAT) return;
  throw new SegmentError(
    'bad-version',
    `${place}: format: expected ${MANIFEST_FORMAT}, found ${format}; build the index anew with this version of foretype`,
    { place, section: 'format', expected: MANIFEST_FORMAT, actual: format },
  );
}

function readBody(fields: JsonFields): ManifestBody {
  const asOf = fields.stringOrNull('asOf', TIME, 'a time such as 2026-01-31T00:00:00Z');
  if (asOf !== null && Number.isNaN(Date.parse(asOf))) {
    throw fields.fault('asOf', 'a time such as 2026-01-31T00:00:00Z', asOf);
  }
  const completions = fields.count('completions');
  return {
    format: MANIFEST_FORMAT,
    asOf,
    market: fields.stringOrNull('market', MARKET, 'a BCP 47 tag'),
    markets: readMarkets(fields, completions),
    completions,
    minUsers: fields.count('minUsers'),
    group: fields.oneOf('group', ['none', 'surface', 'variants']),
    safety: fields.boolean('safety'),
    halfLifeDays: fields.amount('halfLifeDays'),
    ...(fields.raw('events') === undefined ? {} : { events: readEvents(fields.object('events')) }),
    input: readCounters(fields.object('input')),
    files: readFiles(fields),
  };
}

function readEvents(fields: JsonFields): EventsUpTo {
  fields.onlyKnown(['offset', 'arrivedMs']);
  return { offset: fields.count('offset'), arrivedMs: fields.count('arrivedMs') };
}

function readMarkets(fields: JsonFields, completions: number): readonly MarketSize[] {
  const markets = fields.objects('markets').map((item) => {
    item.onlyKnown(['market', 'completions']);
    const size = item.count('completions');
    if (size > completions) {
      throw item.fault('completions', `at most the ${completions} of the snapshot`, size);
    }
    return { market: item.string('market', MARKET, 'a BCP 47 tag'), completions: size };
  });
  checkAscending(
    fields,
    'markets',
    markets.map(({ market }) => market),
  );
  return markets;
}

function readFiles(fields: JsonFields): readonly ManifestFile[] {
  const files = fields.objects('files').map((item) => {
    item.onlyKnown(['file', 'bytes', 'sha256']);
    return {
      file: item.string('file', FILE_NAME, 'a file name'),
      bytes: item.count('bytes'),
      sha256: item.string('sha256', SHA256, '64 hexadecimal digits'),
    };
  });
  const names = files.map(({ file }) => file);
  checkAscending(fields, 'files', names);
  if (!names.includes(SEGMENT_FILE)) {
    throw fields.fault('files', `${SEGMENT_FILE} among them`, names);
  }
  return files;
}

function readCounters(fields: JsonFields): Readonly<Record<string, number>> {
  const entries = fields.keys().map((name) => {
    if (!COUNTER_NAME.test(name)) throw fields.fault(name, 'a name of letters and digits', name);
    return [name, fields.amount(name)] as const;
  });
  return Object.fromEntries(entries);
}

function checkAscending(fields: JsonFields, name: string, keys: readonly string[]): void {
  const wrong = keys.findIndex((key, index) => index > 0 && key <= keys[index - 1]!);
  if (wrong > 0) {
    throw fields.fault(`${name}[${wrong}]`, `a name after ${keys[wrong - 1]}`, keys[wrong]);
  }
}

function checksumOf(body: ManifestBody): string {
  return createHash('sha256').update(canonicalJson(body)).digest('hex');
}
