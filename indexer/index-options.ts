import { totalmem } from 'node:os';
import type { CountingRules } from './counting/query-counter.ts';
import type { CommentSource } from './entities/entity-build.ts';
import type { SurfaceEvidence } from './entities/surface-worth.ts';
import type { LogLayout } from './input/row-log.ts';
import type { AsOf } from './input/time-reader.ts';
import type { LexiconFileLists } from './lexicon-files.ts';
import type { VideoSource } from './phrases/video-build.ts';

const GIGABYTE = 1024 ** 3;

/** What an index is built from, and how. */
export interface IndexOptions {
  /** Query logs, read in this order as one. */
  readonly queries: readonly string[];
  readonly layout: LogLayout;
  /** Videos whose phrases become completions, too. */
  readonly videos?: VideoSource;
  /** Comments that say what is named, and so becomes a link. */
  readonly comments?: CommentSource;
  /** A server's data folder, or its event log: what people searched, wrote and watched counts beside the files. */
  readonly events?: string;
  /** Synonyms and stop words that the snapshot keeps. */
  readonly lexicon?: LexiconFileLists;
  /** Instant that ages count from; undefined for that of the newest row. */
  readonly asOf: AsOf | undefined;
  /** Market of requests that name none. */
  readonly market: string | undefined;
  readonly rules: CountingRules;
  /** Share of malformed rows that is let through; undefined for the default of `RowTally`. */
  readonly maxMalformedShare: number | undefined;
  /** Most memory that the cleaning database takes, the segment being built apart. */
  readonly memoryBytes: number;
  /** Folder of the index; it is made if need be. */
  readonly indexDir: string;
}

/** The rules that hold unless the caller says otherwise. */
export const DEFAULT_RULES: CountingRules = {
  group: 'variants',
  safety: true,
  minUsers: 5,
  halfLifeDays: 30,
  sessionPauseMinutes: 30,
  keystrokePauseSeconds: 10,
  userFormCap: 10,
  userDayCap: 500,
};

/** A quarter of the machine's memory, 4 GB at most. */
export function defaultMemoryBytes(): number {
  return Math.min(4 * GIGABYTE, Math.floor(totalmem() / 4));
}

/** Where a build says what it does, and what it takes the wall clock from. */
export interface BuildIo {
  /** Sees what is known of every surface that comments may be linked by: for fitting the weights of entities/. */
  readonly onSurface?: (evidence: SurfaceEvidence) => void;
  /** A step begins. */
  readonly onStep: (what: string) => void;
  /** Rows read so far. */
  readonly onRows: (rows: number) => void;
  readonly nowMs: () => number;
}
