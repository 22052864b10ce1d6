import { usageError } from '../build-error.ts';
import { type CommandIo, parseCommandLine, requireIndexDir } from '../command-line.ts';
import type { ApartEntry, AuditRecord, MergeEntry } from '../variants/audit-record.ts';
import { describeApart, describeMerge, describeVerdict } from '../variants/audit-wording.ts';
import { type Inspection, inspectQuery } from '../variants/inspection.ts';
import { THRESHOLDS, type Thresholds } from '../variants/thresholds.ts';

export const USAGE = 'foretype inspect --index DIR QUERY [--snapshot NAME] [--json]';

/**
 * `foretype inspect`: what the current snapshot knows of a query, without the log: its normalised form, whether it is a completion, with
 * scores and ranks, what was merged into it or what it was merged into, and why, and what was kept apart. An unknown query is an
 * answer, too: the exit code is 0.
 */
export async function run(args: readonly string[], io: CommandIo): Promise<number> {
  const { values, positionals } = parseCommandLine(args, USAGE, {
    index: { type: 'string' },
    snapshot: { type: 'string' },
    json: { type: 'boolean', default: false },
  });
  const [query, ...more] = positionals;
  if (query === undefined || more.length > 0) {
    throw usageError(`expected one QUERY (quote it if it has spaces)\nusage: ${USAGE}`);
  }
  const indexDir = requireIndexDir(values.index, USAGE);
  const inspection = await inspectQuery(indexDir, query, values.snapshot);
  io.stdout.write(values.json ? `${toJson(inspection)}\n` : `${toLines(inspection).join('\n')}\n`);
  return 0;
}

function toJson(inspection: Inspection): string {
  const { text, normalised, trail, members, completion, ...rest } = inspection;
  const [own, ...others] = trail;
  const { into, apart = [], score, users } = own ?? {};
  return JSON.stringify(
    {
      ...rest,
      query: { text, normalised },
      completion,
      before: score === undefined ? null : { score, users },
      into: into === undefined ? null : [into, ...others.flatMap((other) => other.into ?? [])],
      merged: members,
      apart,
    },
    null,
    2,
  );
}

function toLines(inspection: Inspection): readonly string[] {
  const { normalised, completion, trail, members } = inspection;
  const thresholds = inspection.thresholds ?? THRESHOLDS;
  const lines = [
    line('query', JSON.stringify(inspection.text)),
    line('normalised', JSON.stringify(normalised)),
    line(
      'snapshot',
      `${inspection.snapshot}, --group ${inspection.group}, --min-users ${inspection.minUsers}`,
    ),
  ];
  if (completion === null) return [...lines, ...absentLines(inspection)];
  if (completion.normalised === normalised) {
    lines.push(
      line('completion', `${JSON.stringify(completion.surface)}, kind ${completion.kind}`),
    );
  } else {
    lines.push(line('leads to', JSON.stringify(completion.surface)));
    for (const record of trail) lines.push(...intoLines(record, thresholds));
    if (trail.length === 0) lines.push(line('', 'another spelling of it'));
  }
  for (const { market, score, rank, completions } of completion.markets) {
    lines.push(line(`  ${market}`, `score ${shown(score)}, rank ${rank} of ${completions}`));
  }
  const [own] = trail;
  if (own?.merged !== undefined) {
    lines.push(line('before', `score ${shown(own.score)}, ${own.users} users`));
    for (const member of members) lines.push(...memberLines(member, thresholds));
  }
  for (const entry of own?.apart ?? []) lines.push(...apartLines(entry, thresholds));
  return lines;
}

function absentLines({ verdict, minUsers, normalised }: Inspection): readonly string[] {
  const why = describeVerdict(verdict);
  if (normalised !== '' && why === null) {
    return [
      line('not there', 'no completion, nor merged into one'),
      line('', `queries of fewer than ${minUsers} users in each market are not kept`),
    ];
  }
  return [line('not there', why ?? 'nothing is left of it after normalising')];
}

function intoLines(
  { query, score, users, into }: AuditRecord,
  thresholds: Thresholds,
): readonly string[] {
  if (into === undefined) return [];
  const counted = score === undefined ? '' : ` (score ${shown(score)}, ${users} users)`;
  return [
    line('merged', `${JSON.stringify(query)}${counted} into ${JSON.stringify(into.query)}`),
    ...mergeLines(into, thresholds),
  ];
}

function memberLines(
  { query, score, users, into }: AuditRecord,
  thresholds: Thresholds,
): readonly string[] {
  if (into === undefined) return [];
  const counted = score === undefined ? '' : `, score ${shown(score)}, ${users} users`;
  return [line('merged', `${JSON.stringify(query)}${counted}`), ...mergeLines(into, thresholds)];
}

function mergeLines(entry: MergeEntry, thresholds: Thresholds): readonly string[] {
  return describeMerge(entry, thresholds).map((text) => line('', text));
}

function apartLines(entry: ApartEntry, thresholds: Thresholds): readonly string[] {
  return [
    line('kept apart', JSON.stringify(entry.query)),
    ...describeApart(entry, thresholds).map((text) => line('', text)),
  ];
}

function line(name: string, value: string): string {
  return `${name.padEnd(12)} ${value}`;
}

function shown(value: number | undefined): string {
  return value === undefined ? '-' : String(Number(value.toPrecision(4)));
}
