import { decodeReferences } from './character-references.ts';
import type { RowCells, RowReader, RowReading } from './row-log.ts';
import { TimeReader, type TimeReading } from './time-reader.ts';

/** What the index reads of a list of comments, in the order of a row's cells. */
export const COMMENT_CELLS = ['at', 'comment', 'video', 'user', 'text'] as const;

/** One comment of a list, checked. */
export interface CommentRow {
  /** Microseconds since the epoch; undefined when the row does not say. */
  readonly atUs: number | undefined;
  /** True when the time had no date of its own. */
  readonly isTimeOfDay: boolean;
  readonly comment: string | undefined;
  readonly video: string | undefined;
  readonly user: string | undefined;
  readonly text: string;
}

/** Comments are read up to this many UTF-16 code units. */
const LONGEST_TEXT = 5000;
const CLOCK_SKEW_US = 5 * 60 * 1e6;

/** Turns cells into comments by the rules of API.md, "Inputs" and "Time". */
export class CommentRowReader implements RowReader<CommentRow> {
  readonly #times: TimeReader;
  readonly #latestUs: number;

  /** `nowMs` is the wall clock: a row later than it by over five minutes is malformed. */
  constructor(times: TimeReading, nowMs: number) {
    this.#times = new TimeReader(times);
    this.#latestUs = nowMs * 1000 + CLOCK_SKEW_US;
  }

  read(cells: RowCells): RowReading<CommentRow> {
    const [atText, comment, video, user, text] = cells.map(present);
    if (text === undefined) return { kind: 'empty' };
    const atUs = atText === undefined ? undefined : this.#times.read(atText);
    if (atUs !== undefined && !(Math.abs(atUs) <= 8.64e18)) {
      return malformed(`at: expected ${this.#times.expected}, got ${quote(atText)}`);
    }
    if (atUs !== undefined && atUs > this.#latestUs) {
      return malformed(`at: later than the wall clock by over five minutes: ${quote(atText)}`);
    }
    const row: CommentRow = {
      atUs,
      isTimeOfDay: atUs !== undefined && this.#times.isTimeOfDay,
      comment,
      video,
      user,
      text: decodeReferences(text.slice(0, LONGEST_TEXT)),
    };
    return { kind: 'row', row };
  }
}

function malformed(reason: string): RowReading<CommentRow> {
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
