import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { normalise } from '../../dictionaries/normalise.ts';
import type { LoggedSearch, PersonalLog } from './personal-log.ts';
import { openOrBuild } from './training-index.ts';

const FILE = path.join(
  process.env.FORETYPE_REAL_DATA ?? '../shared/data',
  'queries/excite-1997.tsv',
);
/** Share of the searches that come before the judged ones. */
const TRAINING_SHARE = 0.7;

/** One day of web search with users, split in time; null where the file is not there. A query that a user repeats at once turned a page, and is not judged. */
export async function readExciteLog(minUsers: number): Promise<PersonalLog | null> {
  if (!existsSync(FILE)) return null;
  const searches = toSearches((await readFile(FILE, 'utf8')).split('\n'));
  const committed = searches.filter(({ role }) => role === 'committed');
  const heldOutFromMs = committed[Math.floor(committed.length * TRAINING_SHARE)]?.atMs ?? 0;
  const folder = await mkdtemp(path.join(tmpdir(), 'foretype-excite-'));
  try {
    const training = searches.filter(({ atMs }) => atMs < heldOutFromMs);
    const content = await openOrBuild(folder, minUsers, { searches: training, videos: [] });
    return { name: 'excite', searches, heldOutFromMs, content, laterVideos: [] };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function toSearches(lines: readonly string[]): LoggedSearch[] {
  const nothing = { session: null, market: null, video: null, clicked: null };
  const rows = lines.flatMap((line) => {
    const [user = '', time = '', query = ''] = line.split('\t');
    const form = normalise(query);
    return form === '' ? [] : [{ user, atMs: parseTime(time), query, form }];
  });
  rows.sort((a, b) => a.atMs - b.atMs);
  const last = new Map<string, string>();
  return rows.map(({ user, atMs, query, form }) => {
    const role = last.get(user) === form ? 'other' : 'committed';
    last.set(user, form);
    return { ...nothing, user, atMs, query, role };
  });
}

/** YYMMDDHHMMSS, of the last century. */
function parseTime(time: string): number {
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = (
    time.match(/\d{2}/g) ?? []
  ).map(Number);
  return Date.UTC(1900 + year, month - 1, day, hour, minute, second);
}
