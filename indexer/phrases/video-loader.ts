import type { DuckDBAppender } from '@duckdb/node-api';
import type { Workspace } from '../clean/workspace.ts';
import { MarketNumbers } from '../counting/market-numbers.ts';
import { type AsOf, isLater } from '../input/time-reader.ts';
import type { VideoRow } from '../input/video-row.ts';
import { groupKeyOf, type PhraseGrouping } from './phrase-variants.ts';
import { findMentions, formOf } from './video-mentions.ts';

/** The most videos that `raw_videos.video_no` can number. */
const MOST_VIDEOS = 0xffff_fffe;

/** The language of a market's tag; undefined for `und` and for none. */
export function languageOfMarket(market: string | undefined): string | undefined {
  const language = market?.split('-', 1)[0];
  return language === undefined || language.length !== 2 ? undefined : language;
}

/** Puts videos and what their texts carry into the tables of `01-videos.sql`, a video at a time. */
export class VideoLoader {
  readonly #videos: DuckDBAppender;
  readonly #mentions: DuckDBAppender;
  readonly #asOf: AsOf | undefined;
  readonly #market: string | undefined;
  readonly #group: PhraseGrouping;
  readonly #markets = new MarketNumbers();
  #newestUs = Number.NEGATIVE_INFINITY;
  /** Videos that were put in. */
  loaded = 0;
  /** Videos later than `--as-of`, which are left out. */
  afterAsOf = 0;
  /** Videos without an id, each taken for one by itself. */
  unnamed = 0;
  /** Tags, hashtags and parts of titles that hold personal data. */
  withPersonalData = 0;

  private constructor(
    videos: DuckDBAppender,
    mentions: DuckDBAppender,
    options: {
      readonly asOf: AsOf | undefined;
      readonly market: string | undefined;
      readonly group: PhraseGrouping;
    },
  ) {
    this.#videos = videos;
    this.#mentions = mentions;
    this.#asOf = options.asOf;
    this.#market = options.market;
    this.#group = options.group;
  }

  /** `market` tells the language of videos that name no market. */
  static async open(
    workspace: Workspace,
    options: {
      readonly asOf: AsOf | undefined;
      readonly market: string | undefined;
      readonly group: PhraseGrouping;
    },
  ): Promise<VideoLoader> {
    await workspace.runStep('phrases/01-videos');
    return new VideoLoader(
      await workspace.appender('raw_videos'),
      await workspace.appender('mentions'),
      options,
    );
  }

  /** Markets by their number in `raw_videos`; `und` is 0. */
  get markets(): readonly string[] {
    return this.#markets.list();
  }

  /** The time of the newest video; undefined when none has a time. */
  get newestUs(): number | undefined {
    return Number.isFinite(this.#newestUs) ? this.#newestUs : undefined;
  }

  add(row: VideoRow): void {
    if (isLater(row, this.#asOf)) {
      this.afterAsOf += 1;
      return;
    }
    if (this.loaded >= MOST_VIDEOS) throw new RangeError(`more than ${MOST_VIDEOS} videos`);
    if (row.atUs !== undefined && row.atUs > this.#newestUs) this.#newestUs = row.atUs;
    if (row.video === undefined) this.unnamed += 1;
    const found = findMentions(row, languageOfMarket(row.market ?? this.#market));
    this.withPersonalData += found.withPersonalData;
    this.#appendVideo(row, found.language);
    for (const { phrase, surface, source } of found.mentions) {
      const appender = this.#mentions;
      appender.appendUInteger(this.loaded);
      appender.appendVarchar(this.#keyOf(phrase));
      appender.appendVarchar(phrase);
      if (surface === phrase) appender.appendNull();
      else appender.appendVarchar(surface);
      appender.appendUTinyInt(source);
      appender.endRow();
    }
    this.loaded += 1;
  }

  #appendVideo(row: VideoRow, language: string | undefined): void {
    const appender = this.#videos;
    appender.appendUInteger(this.loaded);
    appendText(appender, row.video);
    appendText(appender, row.creator);
    appender.appendInteger(this.#markets.numberOf(row.market));
    appendText(appender, language);
    if (row.atUs === undefined) appender.appendNull();
    else appender.appendDouble(row.atUs);
    appender.endRow();
  }

  #keyOf(phrase: string): string {
    return groupKeyOf(formOf(phrase), this.#group);
  }

  close(): void {
    this.#videos.closeSync();
    this.#mentions.closeSync();
  }
}

function appendText(appender: DuckDBAppender, text: string | undefined): void {
  if (text === undefined) appender.appendNull();
  else appender.appendVarchar(text);
}
