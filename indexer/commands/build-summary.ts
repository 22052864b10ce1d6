import type { LexiconSet } from '../../dictionaries/lexicon/lexicon-set.ts';
import type { BuildReport } from '../build-report.ts';
import type { CommandIo } from '../command-line.ts';
import type { EntityReport } from '../entities/entity-build.ts';
import { DEFAULT_MIN_VIDEOS } from '../event-lists.ts';
import type { IndexOptions } from '../index-options.ts';
import type { EventReport } from '../input/event-source.ts';
import type { VideoReport } from '../phrases/video-build.ts';
import type { VariantsReport } from '../variants/variants-build.ts';
import type { VideoEvidenceReport } from '../video-evidence/video-evidence-build.ts';

/** Prints what a build read, left out and made; what may be wrong with the input goes to the standard error. */
export function printReport(
  report: BuildReport,
  options: IndexOptions,
  seconds: number,
  io: CommandIo,
): void {
  const { losses, totals } = report;
  for (const warning of report.warnings) io.stderr.write(`warning: ${warning}\n`);
  printMalformed('rows', report.malformed, report.malformedExamples, io);
  printMalformed(
    'videos',
    report.videos?.malformed ?? 0,
    report.videos?.malformedExamples ?? [],
    io,
  );
  printMalformed('comments', report.comments.malformed, report.comments.malformedExamples, io);
  const left: readonly (readonly [number, string])[] = [
    [report.malformed, 'malformed'],
    [report.empty, 'without a query'],
    [report.afterAsOf, 'later than --as-of'],
    [losses.rows.tooLong, 'over 128 code points'],
    [losses.rows.personalData, 'with personal data'],
    [losses.rows.blocked, 'blocked'],
    [losses.repeats, 'repeats and result-page turns'],
    [losses.keystrokes, 'keystroke traces'],
    [losses.capped, 'over the caps of a user'],
  ];
  const queryLines = [
    `rows read          ${report.rows}`,
    ...left.filter(([rows]) => rows > 0).map(([rows, why]) => `  left out         ${rows} ${why}`),
    `below threshold    ${losses.belowThreshold} (fewer than ${options.rules.minUsers} users in a market)`,
  ];
  const lines = [
    ...eventLines(report.events),
    ...(options.queries.length > 0 || options.events !== undefined ? queryLines : []),
    ...commentLines(report.comments),
    ...evidenceLines(report.videoEvidence),
    ...videoLines(report.videos, options.videos?.minVideos ?? DEFAULT_MIN_VIDEOS),
    `completions        ${totals.completions}${totals.aliases > 0 ? ` and ${totals.aliases} other spellings` : ''}`,
    ...variantLines(report.variants),
    `markets            ${totals.markets.map(({ market, completions }) => `${market} ${completions}`).join(', ')}`,
    ...lexiconLines(report.lexicon),
    `as of              ${report.asOf ?? 'no time given'}`,
    `segment            ${report.segmentBytes} bytes`,
    `snapshot           ${report.snapshot} in ${options.indexDir}`,
    `time               ${seconds.toFixed(1)} s, ${Math.round((report.rows + (report.videos?.rows ?? 0)) / seconds)} rows/s`,
  ];
  io.stdout.write(`${lines.join('\n')}\n`);
}

function variantLines(variants: VariantsReport | null): readonly string[] {
  if (variants === null) return [];
  const kinds = Object.entries(variants.byKind).map(([kind, merges]) => `${kind} ${merges}`);
  const byKind = kinds.length === 0 ? '' : ` (${kinds.sort().join(', ')})`;
  return [`variants merged    ${variants.merges}${byKind}; kept apart ${variants.keptApart} pairs`];
}

function lexiconLines(lexicon: LexiconSet): string[] {
  if (lexicon.isEmpty) return [];
  return [
    `lexicon            synonym rules ${lexicon.ruleCount}, stop words ${lexicon.stopWordCount}`,
  ];
}

function evidenceLines(evidence: VideoEvidenceReport | null): readonly string[] {
  if (evidence === null) return [];
  const { videos, pairs, words } = evidence;
  return [
    `after videos       ${videos} videos known, ${pairs} pairs searched, ${words} words that lead on`,
  ];
}

function eventLines(events: EventReport | null): readonly string[] {
  if (events === null) return [];
  const { records, searches, videos, comments, removed, replaced } = events;
  const left: readonly (readonly [number, string])[] = [
    [removed, 'searches that their users removed'],
    [replaced, 'videos that a later event replaced'],
  ];
  return [
    `events read        ${records}: ${searches} searches, ${videos} videos, ${comments} comments`,
    ...left
      .filter(([count]) => count > 0)
      .map(([count, why]) => `  left out         ${count} ${why}`),
  ];
}

function commentLines(comments: EntityReport): readonly string[] {
  const left: readonly (readonly [number, string])[] = [
    [comments.malformed, 'malformed'],
    [comments.empty, 'without a text'],
    [comments.afterAsOf, 'later than --as-of'],
  ];
  return [
    ...(comments.comments === 0 ? [] : [`comments read      ${comments.comments}`]),
    ...left
      .filter(([count]) => count > 0)
      .map(([count, why]) => `  left out         ${count} ${why}`),
    `links of comments  ${comments.surfaces} surfaces, of which ${comments.unsearched} are no logged query and ${comments.ambiguous} are judged by the words around them`,
  ];
}

function printMalformed(what: string, count: number, examples: readonly string[], io: CommandIo) {
  if (count === 0) return;
  io.stderr.write(`malformed ${what}: ${count}, the first ones:\n`);
  for (const example of examples) io.stderr.write(`  ${example}\n`);
}

function videoLines(videos: VideoReport | null, minVideos: number): readonly string[] {
  if (videos === null) return [];
  const left: readonly (readonly [number, string])[] = [
    [videos.malformed, 'malformed'],
    [videos.empty, 'without title, tags and description'],
    [videos.afterAsOf, 'later than --as-of'],
    [videos.losses.personalData, 'tags and parts of titles with personal data'],
    [videos.losses.blocked, 'phrases blocked'],
    [videos.losses.unnamed, 'phrases that name nothing (packaging, dates, fragments)'],
  ];
  return [
    `videos read        ${videos.rows}`,
    ...left
      .filter(([count]) => count > 0)
      .map(([count, why]) => `  left out         ${count} ${why}`),
    `  below threshold  ${videos.losses.belowThreshold} tags (fewer than ${minVideos} creators in a market)`,
    `  entities         ${videos.entities}${videos.searched > 0 ? `, and ${videos.searched} phrases that people search for` : ''}`,
  ];
}
