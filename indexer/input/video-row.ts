import { canonicalMarket } from '../../dictionaries/market-tag.ts';
import { decodeReferences } from './character-references.ts';
import type { RowCells, RowReader, RowReading } from './row-log.ts';
import { splitTags } from './tag-list.ts';
import { TimeReader, type TimeReading } from './time-reader.ts';

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
const CLOCK_SKEW_US = 5 * 60 * 1e6;

/** Turns cells into videos by the rules of API.md, "Inputs" and "Time". */
export class VideoRowReader implements RowReader<VideoRow> {
  readonly #times: TimeReader;
  readonly #latestUs: number;

  /** `nowMs` is the wall clock: a row later than it by over five minutes is malformed. */
  constructor(times: TimeReading, nowMs: number) {
    this.#times = new TimeReader(times);
    this.#latestUs = nowMs * 1000 + CLOCK_SKEW_US;
  }

  read(cells: RowCells): RowReading<VideoRow> {
    const [atText, video, creator, tag, title, tags, description, transcript] = cells.map(present);
    if (title === undefined && tags === undefined && description === undefined) {
      return { kind: 'empty' };
    }
    const atUs = atText === undefined ? undefined : this.#times.read(atText);
    if (atUs !== undefined && !(Math.abs(atUs) <= 8.64e18)) {
      return malformed(`at: expected ${this.#times.expected}, got ${quote(atText)}`);
    }
    if (atUs !== undefined && atUs > this.#latestUs) {
      return malformed(`at: later than the wall clock by over five minutes: ${quote(atText)}`);
    }
    const market = tag === undefined ? null : canonicalMarket(tag);
    if (tag !== undefined && market === null) {
      return malformed(`market: expected a BCP 47 tag, got ${quote(tag)}`);
    }
    const row: VideoRow = {
      atUs,
      isTimeOfDay: atUs !== undefined && this.#times.isTimeOfDay,
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

function malformed(reason: string): RowReading<VideoRow> {
  return { kind: 'malformed', reason };
}

/** What a cell holds, without the white space around it; undefined for nothing. */
function present(text: string | undefined): string | undefined {
  const trimmed = text?.trim();
  return trimmed === '' ? undefined : trimmed;
}

function quote(value: string | undefined): string {
  const text = value ?? '';
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);
}
