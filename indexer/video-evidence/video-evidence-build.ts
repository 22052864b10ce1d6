import type { Workspace } from '../clean/workspace.ts';
import type { CompletionView } from '../segment/completion-view.ts';
import { Container, ContainerBuilder } from '../segment/container.ts';
import { findExactForm } from '../segment/exact-form.ts';
import { type Segment, UNDETERMINED } from '../segment/segment.ts';
import { extendSegment } from '../segment/segment-extension.ts';
import { mixCounts, TEXT_USERS } from '../segment/video-mixture.ts';
import {
  MOST_VIDEO_QUERIES,
  MOST_WORD_QUERIES,
  type QueryUsers,
  VideoIndex,
  videoKey,
} from '../segment/video-section.ts';
import { VideoSectionBuilder } from '../segment/video-section-builder.ts';
import { VideoTextModel } from '../segment/video-text-model.ts';
import { itemsOf, readVideoDocuments } from './video-document.ts';
import { loadVideoTexts, type VideoTextSources } from './video-texts.ts';

/** Comments of a video that are read. */
const COMMENTS_A_VIDEO = 100;
/** Users of one video that count for what its words lead to. */
const MOST_VIDEO_USERS = 8;
/**
 * Weight of words, times users, that a completion is taken to have beside what was searched with it, spread as words are everywhere: about what 30 users of
 * videos with a title and some comments bring. In units of 1/256, as weights are.
 */
const LIFT_SMOOTHING = 1_500 * 256;
/** Rarer words than this are taken for words of one video, unless they lead somewhere. */
const LEAST_DOCUMENTS = 2;
const WEIGHT_STEPS = 256;

export interface VideoEvidenceReport {
  /** Videos that are known, most of them with a list of queries. */
  readonly videos: number;
  /** Pairs of a video and a completion that enough distinct users searched with it. */
  readonly pairs: number;
  /** Words of videos' texts that lead to a completion. */
  readonly words: number;
}

export interface VideoEvidenceOptions extends VideoTextSources {
  readonly rules: { readonly minUsers: number };
}

/** Keeps who searched what with, or after, a video, before the searches are dropped. */
export async function keepVideoSearches(workspace: Workspace): Promise<void> {
  await workspace.runStep('video-evidence/01-searches');
}

/**
 * Adds the sections `videos.*` to a segment: for each video what is searched next, by its texts and by those who searched with it, and what words of
 * videos lead to. The same input gives the same bytes. Returns the segment as it is, and no report, when there is neither a video nor a search with one.
 *
 * Cost: two passes over the texts, about a millisecond a video together; the words are counted in the workspace.
 */
export async function addVideoEvidence(
  segment: Uint8Array,
  workspace: Workspace,
  options: VideoEvidenceOptions,
  io: { readonly onStep: (what: string) => void; readonly nowMs: () => number },
): Promise<{ readonly segment: Uint8Array; readonly report: VideoEvidenceReport | null }> {
  io.onStep('what is searched after videos');
  await workspace.setVariables({
    min_users: options.rules.minUsers,
    video_comments: COMMENTS_A_VIDEO,
    most_video_users: MOST_VIDEO_USERS,
    lift_smoothing: LIFT_SMOOTHING,
    most_word_queries: MOST_WORD_QUERIES,
    least_documents: LEAST_DOCUMENTS,
  });
  await workspace.runStep('video-evidence/02-pairs');
  await loadVideoTexts(workspace, options, io.nowMs());
  await workspace.runStep('video-evidence/04-documents');
  const [[videos = 0] = []] = await workspace.readNumbers('SELECT count(*) FROM video_documents');
  if (videos === 0) return { segment, report: null };
  io.onStep('words of videos');
  const documents = await countWords(workspace);
  await workspace.runStep('video-evidence/05-lifts');
  await workspace.runStep('video-evidence/06-words');
  let report: VideoEvidenceReport | null = null;
  const extended = await extendSegment(segment, async (opened, container) => {
    io.onStep('lists of videos');
    const writer = new VideoEvidenceWriter(opened, documents);
    await writer.addWords(workspace);
    await writer.addVideos(workspace);
    writer.write(container);
    report = writer.report;
  });
  return { segment: extended, report };
}

/** Puts the words of all videos into `video_words`; returns how many videos have texts. */
async function countWords(workspace: Workspace): Promise<number> {
  const appender = await workspace.appender('video_words');
  let documents = 0;
  try {
    for await (const { video, words } of readVideoDocuments(workspace)) {
      if (words === null) continue;
      documents += 1;
      for (const { word, weight } of words.words) {
        const { a, b } = videoKey(word);
        appender.appendVarchar(video);
        appender.appendUInteger(a);
        appender.appendUInteger(b);
        appender.appendUInteger(Math.max(1, Math.round(weight * WEIGHT_STEPS)));
        appender.endRow();
      }
    }
  } finally {
    appender.closeSync();
  }
  return documents;
}

/** Turns the counts of the workspace into sections, with the ids of a segment. */
class VideoEvidenceWriter {
  private readonly segment: Segment;
  private readonly documents: number;
  private readonly builder = new VideoSectionBuilder();
  private readonly ids = new Map<string, number>();
  private queries: readonly QueryUsers[] = [];
  private videos = 0;
  private pairs = 0;
  private words = 0;

  constructor(segment: Segment, documents: number) {
    this.segment = segment;
    this.documents = documents;
  }

  get report(): VideoEvidenceReport {
    const { videos, pairs, words } = this;
    return { videos, pairs, words };
  }

  /** Words and what they lead to, and how often completions are searched with videos at all. */
  async addWords(workspace: Workspace): Promise<void> {
    const totals = workspace.stream('SELECT normalised, users FROM video_queries');
    const queries: QueryUsers[] = [];
    for await (const chunk of totals) {
      for (const [normalised, users] of chunk.getRows()) {
        const id = this.idOf(String(normalised));
        if (id >= 0) queries.push({ id, users: Math.min(0xffff_ffff, Number(users)) });
      }
    }
    this.queries = queries.sort((a, b) => a.id - b.id);
    const rows = workspace.stream('SELECT a, b, documents, queries, lifts FROM led_words');
    for await (const chunk of rows) {
      for (const [a, b, documents, targets, lifts] of chunk.getRows()) {
        const values = itemsOf(lifts);
        const led = itemsOf(targets)
          .map((target, i) => ({ id: this.idOf(String(target)), lift: Number(values[i]) }))
          .filter(({ id }) => id >= 0);
        this.builder.addWord({ a: Number(a), b: Number(b) }, Number(documents), led);
        if (led.length > 0) this.words += 1;
      }
    }
  }

  async addVideos(workspace: Workspace): Promise<void> {
    const model = new VideoTextModel(this.segment, this.learned());
    for await (const { video, market, words, searched } of readVideoDocuments(workspace)) {
      const counts = new Map<number, number>();
      let users = 0;
      for (const [normalised, count] of searched) {
        const id = this.idOf(normalised);
        if (id < 0) continue;
        counts.set(id, count);
        users += count;
      }
      const text =
        words === null
          ? []
          : model.estimate(words, viewsOf(this.segment, market), MOST_VIDEO_QUERIES);
      const listed = mixCounts(text, TEXT_USERS, counts);
      if (listed.length === 0 && words === null) continue;
      this.builder.addVideo(
        videoKey(video),
        listed,
        Math.min(0xffff_ffff, users),
        words?.titleWords ?? [],
      );
      this.videos += 1;
      this.pairs += counts.size;
    }
  }

  write(container: ContainerBuilder): void {
    this.builder.write(container, { documents: this.documents, queries: this.queries });
  }

  /** What the words say, as a server will read it. */
  private learned(): VideoIndex | null {
    const container = new ContainerBuilder();
    this.builder.write(container, { documents: this.documents, queries: this.queries });
    return VideoIndex.open(Container.open(container.finish()));
  }

  private idOf(normalised: string): number {
    const known = this.ids.get(normalised);
    if (known !== undefined) return known;
    const id = findExactForm(this.segment, normalised) ?? -1;
    this.ids.set(normalised, id);
    return id;
  }
}

/** The views whose completions are candidates in a market. */
function viewsOf({ all, markets }: Segment, market: string | undefined): CompletionView[] {
  const own = market === undefined ? undefined : markets.get(market);
  if (own === undefined) return [all];
  const unplaced = markets.get(UNDETERMINED);
  return unplaced === undefined ? [own] : [own, unplaced];
}
