import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { normalise } from '../../dictionaries/normalise.ts';
import { run as runIndex } from '../../indexer/commands/index.ts';
import { openSnapshotFiles } from '../../indexer/segment/snapshot-directory.ts';
import { HOW_TO_POINT, readDataLines } from '../typing/texts/published-data.ts';
import { idOf, LIST_SIZE, relatedSearches } from './next-query-systems.ts';

interface PublicSession {
  readonly session: string;
  readonly events: readonly {
    readonly t: string;
    readonly query: string;
    readonly clicks?: readonly { readonly url: string }[];
  }[];
}

/**
 * Leaves out each session of the TREC 2012 session track, indexes the others (each a user of its own, without a threshold) and counts which next queries are known and
 * found. Aggregates only; says so where the data is missing.
 */
export async function reportPublicSessions(print: (line: string) => void): Promise<void> {
  const lines = readDataLines('queries', 'trec-session-2012.jsonl');
  if (lines === null) {
    print(`\npublic sessions skipped: they are not here; ${HOW_TO_POINT}`);
    return;
  }
  const sessions = lines.map((line) => JSON.parse(line) as PublicSession);
  const searchers = new Map<string, Set<string>>();
  const pairSessions = new Map<string, Set<string>>();
  const put = (sets: Map<string, Set<string>>, key: string, session: string) =>
    sets.set(key, (sets.get(key) ?? new Set()).add(session));
  for (const { session, events } of sessions) {
    for (const { query } of events) put(searchers, normalise(query), session);
    for (const pair of pairsOf(events)) put(pairSessions, pair.join('\n'), session);
  }
  const counts = { pairs: 0, nextKnown: 0, pairKnown: 0, found: 0, first: 0 };
  for (const left of sessions) {
    const pairs = pairsOf(left.events);
    counts.pairs += pairs.length;
    counts.pairKnown += pairs.filter(
      (pair) => (pairSessions.get(pair.join('\n'))?.size ?? 0) > 1,
    ).length;
    const known = pairs.filter(([, next]) => (searchers.get(next)?.size ?? 0) > 1);
    counts.nextKnown += known.length;
    if (known.length === 0) continue;
    const ranks = await ranksWithout(sessions, left, known);
    counts.found += ranks.filter((rank) => rank >= 0).length;
    counts.first += ranks.filter((rank) => rank === 0).length;
  }
  print(
    `\npublic sessions, one left out of ${sessions.length}: ${counts.pairs} pairs, the next query known from another session ${counts.nextKnown}, the pair itself ${counts.pairKnown}; ` +
      `found among ${LIST_SIZE}: ${counts.found}, first: ${counts.first}`,
  );
}

/** Places of the next queries in the lists of an index of the other sessions; -1 where it is not there. */
async function ranksWithout(
  sessions: readonly PublicSession[],
  left: PublicSession,
  pairs: readonly (readonly [string, string])[],
): Promise<number[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'foretype-public-'));
  try {
    const rows = sessions
      .filter((session) => session !== left)
      .flatMap(({ session, events }) =>
        events.map(({ t, query, clicks }) =>
          JSON.stringify({
            at: `2012-01-01T${t}Z`,
            user: session,
            session,
            query,
            ...(clicks?.[0] === undefined ? {} : { clicked: clicks[0].url }),
          }),
        ),
      );
    const file = path.join(folder, 'sessions.ndjson');
    await writeFile(file, `${rows.join('\n')}\n`);
    const silent = { write: () => true };
    const io = { stdout: silent, stderr: silent, env: {}, isTerminal: false };
    const out = path.join(folder, 'index');
    await runIndex(['--queries', file, '--min-users', '1', '--out', out], io);
    const content = await openSnapshotFiles(out, undefined, { checksums: false });
    const rank = relatedSearches(content);
    return pairs.map(([query, next]) =>
      rank({ query, market: 'und' }).indexOf(idOf(content, next)),
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function pairsOf(events: PublicSession['events']): (readonly [string, string])[] {
  const queries = events.map(({ query }) => normalise(query)).filter((query) => query !== '');
  return queries
    .slice(1)
    .map((next, at) => [queries[at] ?? '', next] as const)
    .filter(([query, next]) => query !== next);
}
