import type { LexiconSet } from '../dictionaries/lexicon/lexicon-set.ts';
import type { BuildEvidence } from './build-evidence.ts';
import type { BuildInputs } from './build-inputs.ts';
import type { CompletionTotals } from './counting/completion-stream.ts';
import type { CountingLosses } from './counting/query-counter.ts';
import type { EntityReport } from './entities/entity-build.ts';
import type { IndexOptions } from './index-options.ts';
import type { EventReport, GatheredEvents } from './input/event-source.ts';
import type { VideoReport } from './phrases/video-build.ts';
import type { SnapshotInfo } from './segment/manifest.ts';
import type { AssembledSegment } from './segment-assembly.ts';
import type { VariantsReport } from './variants/variants-build.ts';
import type { VideoEvidenceReport } from './video-evidence/video-evidence-build.ts';

/** Times before this in every row look like epoch seconds read as milliseconds. */
const EARLIEST_LIKELY_US = Date.UTC(1973, 0) * 1000;

/** What a build read, left out and made. */
export interface BuildReport {
  readonly snapshot: string;
  readonly asOf: string | null;
  readonly rows: number;
  readonly malformed: number;
  /** `FILE:LINE: why` of the first malformed rows. */
  readonly malformedExamples: readonly string[];
  readonly empty: number;
  readonly afterAsOf: number;
  readonly losses: CountingLosses;
  readonly totals: CompletionTotals;
  /** What was merged as variants; null with another grouping. */
  readonly variants: VariantsReport | null;
  /** What came of the videos; null when none were given. */
  readonly videos: VideoReport | null;
  /** What is searched after videos; null when neither a video was given nor a search with one. */
  readonly videoEvidence: VideoEvidenceReport | null;
  /** What came of the comments, and what names were mined of them, of titles, tags and queries. */
  readonly comments: EntityReport;
  /** What came of the events; null when none were given. */
  readonly events: EventReport | null;
  /** The synonyms and stop words that the snapshot keeps. */
  readonly lexicon: LexiconSet;
  readonly segmentBytes: number;
  readonly warnings: readonly string[];
}

/** What the steps of a build found; its report and its manifest are written from it. */
export interface BuildFindings {
  readonly inputs: BuildInputs;
  /** Null when no events were given. */
  readonly events: GatheredEvents | null;
  readonly evidence: BuildEvidence;
  readonly assembled: AssembledSegment;
  readonly lexicon: LexiconSet;
}

/** What is said of a build before it is published. */
export type StepsReport = Omit<BuildReport, 'snapshot' | 'segmentBytes'>;

/** Puts together what the steps of a build found. */
export function reportBuild(findings: BuildFindings): StepsReport {
  const { inputs, events, evidence, assembled, lexicon } = findings;
  const { rows, malformed, empty, examples } = inputs.tally;
  const { losses, variants, phrases } = evidence;
  const { totals, blend, mined, videoEvidence } = assembled;
  return {
    asOf: asOfText(inputs),
    rows,
    malformed,
    malformedExamples: examples,
    empty: empty + losses.rows.empty,
    afterAsOf: inputs.searches.afterAsOf,
    losses,
    totals,
    videos: phrases.report(blend),
    videoEvidence,
    variants: variants?.report ?? null,
    comments: mined.report,
    events: events?.report ?? null,
    lexicon,
    warnings: warningsOf(findings),
  };
}

/** What the manifest says of a build. */
export function describeSnapshot(findings: BuildFindings, options: IndexOptions): SnapshotInfo {
  const { inputs, events, evidence, assembled } = findings;
  const { rows, malformed, empty } = inputs.tally;
  const { losses, variants, phrases } = evidence;
  const { totals, blend, mined } = assembled;
  return {
    asOf: asOfText(inputs),
    market: options.market ?? null,
    markets: totals.markets,
    completions: totals.completions,
    minUsers: options.rules.minUsers,
    group: options.rules.group,
    safety: options.rules.safety,
    halfLifeDays: options.rules.halfLifeDays,
    ...(events === null || events.upTo === null ? {} : { events: events.upTo }),
    input: {
      rows,
      malformed,
      empty: empty + losses.rows.empty,
      afterAsOf: inputs.searches.afterAsOf,
      anonymous: inputs.searches.anonymous,
      exempt: inputs.searches.exempt,
      tooLong: losses.rows.tooLong,
      personalData: losses.rows.personalData,
      blocked: losses.rows.blocked,
      repeats: losses.repeats,
      keystrokes: losses.keystrokes,
      capped: losses.capped,
      belowThreshold: losses.belowThreshold,
      ...(variants === null ? {} : { variants: variants.report.merges }),
      ...phrases.counters(blend),
      ...(events === null
        ? {}
        : { events: events.report.records, eventsRemoved: events.report.removed }),
      ...(mined.report.comments === 0 ? {} : { comments: mined.report.comments }),
      surfaces: mined.report.surfaces,
    },
  };
}

function asOfText({ asOfUs }: BuildInputs): string | null {
  return asOfUs === undefined ? null : new Date(asOfUs / 1000).toISOString();
}

function warningsOf({ inputs, events, evidence, assembled }: BuildFindings): readonly string[] {
  const warnings: string[] = [];
  const { anonymous, exempt, asOfUs, undated, loaded } = inputs.searches;
  const unnamedEvents = events?.report.unnamed ?? 0;
  if (anonymous > 0) {
    warnings.push(
      `${anonymous} rows have neither user nor count: each is taken for one search by a user of its own`,
    );
  }
  if (unnamedEvents > 0) {
    warnings.push(
      `${unnamedEvents} search events name no user: those of one query are together taken for one user`,
    );
  }
  if (exempt > 0) {
    warnings.push(
      `${exempt} counted rows tell neither user nor users and pass the threshold; it would have held back ` +
        `${evidence.losses.passedExempt} of their completions`,
    );
  }
  if (asOfUs !== undefined && asOfUs < EARLIEST_LIKELY_US && undated < loaded) {
    warnings.push(
      'every time lies before 1973: if the log has epoch seconds, give --time-format %s',
    );
  }
  if (assembled.totals.completions === 0) warnings.push('no completion reached the threshold');
  return warnings;
}
