import { decodeReferences } from './character-references.ts';
import { malformed, RowTimes, trimmed } from './row-cells.ts';
import type { RowCells, RowReader, RowReading } from './row-log.ts';
import type { TimeReading } from './time-reader.ts';

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

/** Turns cells into comments by the rules of API.md, "Inputs" and "Time". */
export class CommentRowReader implements RowReader<CommentRow> {
  readonly #times: RowTimes;

  /** `nowMs` is the wall clock: a row later than it by over five minutes is malformed. */
  constructor(times: TimeReading, nowMs: number) {
    this.#times = new RowTimes(times, nowMs);
  }

  read(cells: RowCells): RowReading<CommentRow> {
    const [at, comment, video, user, text] = cells.map(trimmed);
    if (text === undefined) return { kind: 'empty' };
    const fault = this.#times.read(at);
    if (fault !== null) return malformed(fault);
    const row: CommentRow = {
      atUs: this.#times.atUs,
      isTimeOfDay: this.#times.isTimeOfDay,
      comment,
      video,
      user,
      text: decodeReferences(text.slice(0, LONGEST_TEXT)),
    };
    return { kind: 'row', row };
  }
}
