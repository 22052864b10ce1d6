import type { DuckDBAppender } from '@duckdb/node-api';
import { LIST, listValue, VARCHAR } from '@duckdb/node-api';
import type { Workspace } from '../clean/workspace.ts';
import { readCommentLog } from '../input/comment-log.ts';
import type { LogFile, LogLayout } from '../input/row-log.ts';
import { RowTally } from '../input/row-tally.ts';
import { type AsOf, isLater } from '../input/time-reader.ts';
import { readVideoLog } from '../input/video-log.ts';

/** A list of files and how they are read. */
export interface TextFiles {
  readonly files: readonly LogFile[];
  readonly layout: LogLayout;
}

export interface VideoTextSources {
  readonly videos?: TextFiles | undefined;
  readonly comments?: TextFiles | undefined;
  readonly asOf: AsOf | undefined;
  readonly maxMalformedShare: number | undefined;
}

/** Puts the texts of videos that have an id, and of their comments, into the tables of `03-texts.sql`; rows later than `--as-of` are left out. */
export async function loadVideoTexts(
  workspace: Workspace,
  { videos, comments, asOf, maxMalformedShare }: VideoTextSources,
  nowMs: number,
): Promise<void> {
  await workspace.runStep('video-evidence/03-texts');
  if (videos === undefined) return;
  const tally = () => new RowTally(maxMalformedShare);
  await fill(workspace, 'video_texts', async (append) => {
    for await (const rows of readVideoLog(videos.files, videos.layout, nowMs, tally())) {
      for (const row of rows) {
        const { video } = row;
        if (video === undefined || isLater(row, asOf)) continue;
        append((appender) => {
          appender.appendVarchar(video);
          if (row.market === undefined) appender.appendNull();
          else appender.appendVarchar(row.market);
          appender.appendVarchar(row.title);
          appender.appendVarchar(row.description);
          appender.appendList(listValue([...row.tags]), LIST(VARCHAR));
          appender.appendVarchar(row.transcript ?? '');
        });
      }
    }
  });
  if (comments === undefined) return;
  await fill(workspace, 'video_comments', async (append) => {
    for await (const rows of readCommentLog(comments.files, comments.layout, nowMs, tally())) {
      for (const row of rows) {
        const { video } = row;
        if (video === undefined || isLater(row, asOf)) continue;
        append((appender) => {
          appender.appendVarchar(video);
          appender.appendVarchar(row.text);
        });
      }
    }
  });
}

type Append = (write: (appender: DuckDBAppender) => void) => void;

/** Numbers the rows that `feed` appends, in its order. */
async function fill(
  workspace: Workspace,
  table: string,
  feed: (append: Append) => Promise<void>,
): Promise<void> {
  const appender = await workspace.appender(table);
  let seq = 0;
  try {
    await feed((write) => {
      appender.appendUInteger(seq);
      write(appender);
      appender.endRow();
      seq += 1;
    });
  } finally {
    appender.closeSync();
  }
}
