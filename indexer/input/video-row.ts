import { canonicalMarket } from '../../dictionaries/market-tag.ts';
import { decodeReferences } from './character-references.ts';
import { malformed, quote, RowTimes, trimmed } from './row-cells.ts';
import type { RowCells, RowReader, RowReading } from './row-log.ts';
import { splitTags } from './tag-list.ts';
import type { TimeReading } from './time-reader.ts';

/** What the index reads of a list of videos, in the order of a row's cells. */
export const VIDEO_CELLS = [
  'at',
  'video',
  'creator',
  'market',
  'title',
  'tags',
  'description',
  'transcript',
] as const;

/** One video of a list, checked. */
export interface VideoRow {
  /** Microseconds since the epoch; undefined when the row does not say. */
  readonly atUs: number | undefined;
  /** True when the time had no date of its own. */
  readonly isTimeOfDay: boolean;
  readonly video: string | undefined;
  readonly creator: string | undefined;
  /** Canonical BCP 47 tag; undefined for `und`. */
  readonly market: string | undefined;
  /** Empty when there is none. */
  readonly title: string;
  readonly tags: readonly string[];
  /** Empty when there is none. */
  readonly description: string;
  /** What is said, when the row has it: no phrase to complete, but it tells what a viewer may search next. */
  readonly transcript?: string;
}

/** Titles and descriptions are read up to this many UTF-16 code units. */
const LONGEST_TEXT = 5000;

/** Turns cells into videos by the rules of API.md, "Inputs" and "Time". */
export class VideoRowReader implements RowReader<VideoRow> {
  readonly #times: RowTimes;

  /** `nowMs` is the wall clock: a row later than it by over five minutes is malformed. */
  constructor(times: TimeReading, nowMs: number) {
    this.#times = new RowTimes(times, nowMs);
  }

  read(cells: RowCells): RowReading<VideoRow> {
    const [at, video, creator, tag, title, tags, description, transcript] = cells.map(trimmed);
    if (title === undefined && tags === undefined && description === undefined) {
      return { kind: 'empty' };
    }
    const fault = this.#times.read(at);
    if (fault !== null) return malformed(fault);
    const market = tag === undefined ? null : canonicalMarket(tag);
    if (tag !== undefined && market === null) {
      return malformed(`market: expected a BCP 47 tag, got ${quote(tag)}`);
    }
    const row: VideoRow = {
      atUs: this.#times.atUs,
      isTimeOfDay: this.#times.isTimeOfDay,
      video,
      creator,
      market: market === null || market === 'und' ? undefined : market,
      title: readText(title),
      tags: tags === undefined ? [] : splitTags(tags).map(decodeReferences),
      description: readText(description),
      ...(transcript === undefined ? {} : { transcript: readText(transcript) }),
    };
    return { kind: 'row', row };
  }
}

function readText(text: string | undefined): string {
  return decodeReferences((text ?? '').slice(0, LONGEST_TEXT));
}
