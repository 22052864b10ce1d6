import { hashWord } from '../../dictionaries/mentions/word-hash.ts';
import { readCommentLog } from '../input/comment-log.ts';
import type { CommentRow } from '../input/comment-row.ts';
import type { LogFile, LogLayout } from '../input/row-log.ts';
import type { RowTally } from '../input/row-tally.ts';
import { type AsOf, isLater } from '../input/time-reader.ts';
import { readVideoLog } from '../input/video-log.ts';
import type { VideoRow } from '../input/video-row.ts';

/** A file list and how it is read. */
export interface TextSource {
  readonly files: readonly LogFile[];
  readonly layout: LogLayout;
}

/** A text that people wrote in public. */
export interface MinedText {
  readonly text: string;
  /** Who wrote it, as a hash: a user; of a comment without one its video; of a video its creator. Never 0. */
  readonly person: number;
  /** What is known to be a name as a whole. */
  readonly tags: readonly string[];
  /** Id of the video that it belongs to. */
  readonly video: string | undefined;
  readonly isTitle: boolean;
  readonly market: string | undefined;
}

/** The titles and tags of a list of videos, in the order of the files; rows later than `--as-of` are left out. */
export async function* readVideoTexts(
  source: TextSource,
  asOf: AsOf | undefined,
  nowMs: number,
  tally: RowTally,
): AsyncGenerator<MinedText> {
  let unnamed = 0;
  for await (const rows of readVideoLog(source.files, source.layout, nowMs, tally)) {
    for (const row of rows) if (!isLater(row, asOf)) yield textOfVideo(row, () => `n${++unnamed}`);
  }
}

/** The comments of a list, in the order of the files; rows later than `--as-of` are handed to `onLate`. */
export async function* readCommentTexts(
  source: TextSource,
  asOf: AsOf | undefined,
  nowMs: number,
  tally: RowTally,
  onLate: () => void,
): AsyncGenerator<MinedText> {
  let unnamed = 0;
  for await (const rows of readCommentLog(source.files, source.layout, nowMs, tally)) {
    for (const row of rows) {
      if (isLater(row, asOf)) onLate();
      else yield textOfComment(row, () => `n${++unnamed}`);
    }
  }
}

function textOfVideo(row: VideoRow, unnamed: () => string): MinedText {
  const { creator, video } = row;
  const maker = creator === undefined ? undefined : `c${creator}`;
  const named = video === undefined ? undefined : `v${video}`;
  return {
    text: row.title,
    person: hashPerson(maker ?? named ?? unnamed()),
    tags: [...row.tags, ...hashtagsOf(row.description)],
    video,
    isTitle: true,
    market: row.market,
  };
}

function textOfComment({ user, video, text }: CommentRow, unnamed: () => string): MinedText {
  const writer = user === undefined ? undefined : `u${user}`;
  const place = video === undefined ? undefined : `v${video}`;
  return {
    text,
    person: hashPerson(writer ?? place ?? unnamed()),
    tags: [],
    video,
    isTitle: false,
    market: undefined,
  };
}

function hashtagsOf(description: string): readonly string[] {
  return (description.match(/(?<![\p{L}\p{N}&/])#[\p{L}\p{N}][\p{L}\p{M}\p{N}_]*/gu) ?? []).map(
    (tag) => tag.slice(1).replaceAll('_', ' '),
  );
}

/** 52 bits of a person's name: a double that the database compares exactly. */
function hashPerson(name: string): number {
  const { a, b } = hashWord(name);
  return (a >>> 0) * 2 ** 20 + (b & 0xfffff) + 1;
}
