import { COMMENT_CELLS, type CommentRow, CommentRowReader } from './comment-row.ts';
import { checkLog, type LogFile, type LogLayout, type RowKind, readLog } from './row-log.ts';
import type { RowTally } from './row-tally.ts';

const COMMENTS: RowKind<CommentRow> = {
  columns: {
    cells: COMMENT_CELLS,
    needed: ['text'],
    lists: [],
    option: '--comment-columns',
  },
  createReader: (times, nowMs) => new CommentRowReader(times, nowMs),
};

/** Looks at lists of comments: throws when a file cannot be read or when the layout cannot be right, before any work is done. */
export function checkCommentLog(files: readonly LogFile[], layout: LogLayout): Promise<void> {
  return checkLog(files, layout, COMMENTS);
}

/** Reads lists of comments as `readLog` does. */
export function readCommentLog(
  files: readonly LogFile[],
  layout: LogLayout,
  nowMs: number,
  tally: RowTally,
): AsyncGenerator<readonly CommentRow[]> {
  return readLog(files, layout, COMMENTS, nowMs, tally);
}
