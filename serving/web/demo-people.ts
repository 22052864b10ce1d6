import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { stableHash } from '../../dictionaries/stable-hash.ts';

/** One in so many of those whose watching is known, 2,000 at most, are the demo's people. */
const ONE_IN = 10;
/**
 * Three weeks of theirs come to the server as events; all else stands in the log, as all that others did. The last week is in the log for all: live counts of a few people
 * in it would be taken for what everybody searches now, and nothing would trend.
 */
const DAYS = 21;
const LAST_DAYS = 7;
const DAY_MS = 86_400_000;
const LINE_END = 10;

/** A search or a watched video of one of the demo's people, as `POST /v1/events` takes it. */
export type PersonEvent = {
  readonly type: 'search' | 'watch';
  readonly eventId: string;
  readonly at: string;
  readonly user: string;
  readonly session: string;
  readonly market: string;
  readonly query?: string;
  readonly clicked?: string;
  readonly video?: string;
  readonly seconds?: number;
};

/**
 * Sets some people of a simulated world apart: three weeks of theirs become events, for the server, and all else a log, for the index, so that nothing counts
 * twice. The same world gives the same people. Reads the log once, as bytes: seconds a gigabyte.
 *
 * @param files `events` gets the people's events as NDJSON by time, `others` the rest of `queries.tsv`
 */
export async function setPeopleApart(
  worldFolder: string,
  files: { readonly events: string; readonly others: string },
): Promise<void> {
  const split = await readFile(path.join(worldFolder, 'truth', 'split.json'), 'utf8');
  const endMs = Date.parse((JSON.parse(split) as { readonly end: string }).end);
  const until = new Date(endMs - LAST_DAYS * DAY_MS).toISOString();
  const from = new Date(endMs - (LAST_DAYS + DAYS) * DAY_MS).toISOString();
  const { people, watches } = await readWatches(
    path.join(worldFolder, 'truth', 'watches.tsv'),
    from,
    until,
  );
  const searches: PersonEvent[] = [];
  await splitLog(path.join(worldFolder, 'queries.tsv'), files.others, (line, user) => {
    if (!people.has(user) || line < from || line >= until) return false;
    searches.push(readSearch(line, searches.length));
    return true;
  });
  const events = [...searches, ...watches].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  await writeFile(files.events, events.map((event) => `${JSON.stringify(event)}\n`).join(''));
}

async function readWatches(
  file: string,
  from: string,
  until: string,
): Promise<{ readonly people: ReadonlySet<string>; readonly watches: readonly PersonEvent[] }> {
  const people = new Set<string>();
  const watches: PersonEvent[] = [];
  const lines = createInterface({ input: createReadStream(file), crlfDelay: Infinity });
  for await (const line of lines) {
    const [at = '', user = '', session = '', market = '', video = '', seconds] = line.split('\t');
    if (stableHash(user) % ONE_IN !== 0 || video === 'video') continue;
    people.add(user);
    if (at < from || at >= until) continue;
    const eventId = `watch-${watches.length}`;
    const watched = { at, user, session, market, video, seconds: Number(seconds) };
    watches.push({ type: 'watch', eventId, ...watched });
  }
  return { people, watches };
}

function readSearch(line: string, number: number): PersonEvent {
  const [at = '', user = '', session = '', query = '', market = '', video = '', clicked = ''] =
    line.split('\t');
  return {
    ...{ type: 'search', eventId: `search-${number}`, at, user, session, market, query },
    ...(video === '' ? {} : { video }),
    ...(clicked === '' ? {} : { clicked }),
  };
}

/** Copies the lines of a log but those that `take` takes; it sees each line and its user, the second column. */
async function splitLog(
  source: string,
  rest: string,
  take: (line: string, user: string) => boolean,
): Promise<void> {
  const output = createWriteStream(rest);
  const write = async (bytes: Buffer): Promise<void> => {
    if (bytes.length > 0 && !output.write(bytes)) await once(output, 'drain');
  };
  let open: Buffer = Buffer.alloc(0);
  for await (const chunk of createReadStream(source, { highWaterMark: 1 << 20 })) {
    const bytes = open.length === 0 ? (chunk as Buffer) : Buffer.concat([open, chunk as Buffer]);
    let start = 0;
    let kept = 0;
    for (;;) {
      const end = bytes.indexOf(LINE_END, start);
      if (end < 0) break;
      const user = secondColumn(bytes, start);
      // Most lines are nobody's here: they are never made strings.
      if (isCandidate(user) && take(bytes.toString('utf8', start, end), user)) {
        await write(bytes.subarray(kept, start));
        kept = end + 1;
      }
      start = end + 1;
    }
    await write(bytes.subarray(kept, start));
    open = bytes.subarray(start);
  }
  await write(open);
  output.end();
  await once(output, 'close');
}

function secondColumn(bytes: Buffer, start: number): string {
  const first = bytes.indexOf('\t', start) + 1;
  return bytes.toString('latin1', first, bytes.indexOf('\t', first));
}

function isCandidate(user: string): boolean {
  return stableHash(user) % ONE_IN === 0;
}
