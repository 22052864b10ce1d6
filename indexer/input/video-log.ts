import { checkLog, type LogFile, type LogLayout, type RowKind, readLog } from './row-log.ts';
import type { RowTally } from './row-tally.ts';
import { VIDEO_CELLS, type VideoRow, VideoRowReader } from './video-row.ts';

const VIDEOS: RowKind<VideoRow> = {
  columns: {
    cells: VIDEO_CELLS,
    needed: ['title', 'tags', 'description'],
    lists: ['tags'],
    option: '--video-columns',
  },
  createReader: (times, nowMs) => new VideoRowReader(times, nowMs),
};

/** Looks at lists of videos: throws when a file cannot be read or when the layout cannot be right, before any work is done. */
export function checkVideoLog(files: readonly LogFile[], layout: LogLayout): Promise<void> {
  return checkLog(files, layout, VIDEOS);
}

/** Reads lists of videos as `readLog` does. */
export function readVideoLog(
  files: readonly LogFile[],
  layout: LogLayout,
  nowMs: number,
  tally: RowTally,
): AsyncGenerator<readonly VideoRow[]> {
  return readLog(files, layout, VIDEOS, nowMs, tally);
}
