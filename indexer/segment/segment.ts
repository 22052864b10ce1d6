import { brandCompletion, type CompletionId } from './completion-id.ts';
import { CompletionThemes } from './completion-themes.ts';
import { CompletionView } from './completion-view.ts';
import { Container } from './container.ts';
import { EntityBitmap } from './entity-bitmap.ts';
import { SegmentError } from './errors.ts';
import { ForwardIndex } from './forward-index.ts';
import { Linker } from './linker-section.ts';
import { PrefixOrder } from './prefix-order.ts';
import { RelatedTable } from './related-section.ts';
import { signatureOf } from './signatures.ts';
import { SurfacePatterns } from './surface-patterns.ts';
import { TermDictionary } from './term-dictionary.ts';
import { TermKeyTable } from './term-keys-section.ts';
import { bestIdsOf, openTermTrie, type TermTrie } from './term-trie.ts';
import { TextBatch } from './text-batch.ts';
import { TextKeyTable } from './text-keys-section.ts';
import { ThemeTable } from './theme-section.ts';
import { TrendSections } from './trend-section.ts';
import { VideoIndex } from './video-section.ts';

/** Rows without a market, and every market merged. */
export const UNDETERMINED = 'und';

/**
 * One immutable segment: every structure that retrieval reads, as views over one buffer. FORMAT.md has the bytes.
 *
 * Opening takes constant work a section. It trusts the sections' contents; `verifyChecksums` reads every byte, `verify` checks
 * every order invariant as well.
 */
export class Segment {
  /** Number of completions; their ids are 0 … completions - 1. */
  readonly completions: number;
  /** Completions and aliases: the rows of the forward index and the prefix order. */
  readonly rows: number;
  readonly terms: TermDictionary;
  readonly forward: ForwardIndex;
  readonly order: PrefixOrder;
  /** All markets merged; ranks are completion ids. */
  readonly all: CompletionView;
  /** The completions with rows of one market (`und`: rows without one), by market; empty for a segment of one market. */
  readonly markets: ReadonlyMap<string, CompletionView>;
  /** How each completion's terms begin, see `signatureOf`. */
  readonly signatures: Uint32Array;
  /** Binary logarithm of each completion's merged decayed count; never rising with the id. */
  readonly logScores: Float32Array;
  /** What corrections of mistyped words are found by; null in a file of version 1. */
  readonly trie: TermTrie | null;
  /** Other ways of writing the terms; null where no term has one, and in a file of version 1. */
  readonly termKeys: TermKeyTable | null;
  /** How completions of Han and kana are typed in Latin letters; null where there are none, and in a file of version 1. */
  readonly textKeys: TextKeyTable | null;
  /** What is searched after what; null where no pair has evidence, and in files before it was known. */
  readonly related: RelatedTable | null;
  /** What queries are about; null where too little was opened, and in files before it was known. */
  readonly themes: ThemeTable | null;
  /** What each completion is about; null where no themes were found, and in files before they were kept. */
  readonly topics: CompletionThemes | null;
  /** The lexicon that the segment was built with, as it was given; null where there was none. */
  readonly lexicon: Uint8Array | null;
  /** What comments are linked by; null where no comments were mined. */
  readonly linker: Linker | null;
  /** What is searched after which video; null where no video was given. */
  readonly videos: VideoIndex | null;
  /** How often completions were searched lately; null where the log has no times, and in files before it. */
  readonly trends: TrendSections | null;
  private readonly surfaces: SurfacePatterns;
  private readonly aliasTargets: Uint32Array;
  private readonly entities: EntityBitmap;
  private readonly container: Container;
  private readonly batch: TextBatch;

  private constructor(container: Container) {
    this.container = container;
    const shape = container.uint32('segment.shape');
    if (shape.length !== 2) {
      throw new SegmentError(
        'bad-section',
        "segment section 'segment.shape': expected two numbers",
      );
    }
    this.completions = shape[0]!;
    this.rows = shape[1]!;
    this.terms = new TermDictionary(container);
    this.forward = new ForwardIndex(container);
    this.order = new PrefixOrder(container, this.terms, this.forward);
    this.signatures = container.uint32('signatures');
    this.logScores = container.float32('scores.log2');
    this.surfaces = new SurfacePatterns(container);
    this.aliasTargets = container.uint32('aliases.targets');
    if (
      this.rows !== this.forward.rows ||
      this.rows - this.completions !== this.aliasTargets.length ||
      this.signatures.length !== this.completions ||
      this.logScores.length !== this.completions
    ) {
      throw new SegmentError('bad-section', 'segment: the lengths of its sections disagree');
    }
    const hasAliases = this.rows > this.completions;
    this.all = new CompletionView(container, 'all', UNDETERMINED, {
      completions: this.completions,
      order: this.order,
      ranks: hasAliases ? null : this.order.rows,
    });
    this.markets = this.openMarkets();
    this.entities = new EntityBitmap(container, this.completions);
    this.trie = openTermTrie(container);
    this.termKeys = TermKeyTable.open(container);
    this.textKeys = TextKeyTable.open(container);
    this.linker = Linker.open(container);
    this.videos = VideoIndex.open(container);
    this.related = RelatedTable.open(container, this.completions);
    this.themes = ThemeTable.open(container);
    this.topics = CompletionThemes.open(container, this.completions);
    this.trends = TrendSections.open(container);
    this.lexicon = container.has('lexicon.json') ? container.uint8('lexicon.json') : null;
    this.batch = new TextBatch(this.terms, this.forward, this.surfaces);
  }

  /**
   * Opens a segment over `bytes` without copying; they must not change while it is used.
   *
   * @throws SegmentError when a header, length or required section is wrong.
   */
  static open(bytes: Uint8Array): Segment {
    return new Segment(Container.open(bytes));
  }

  private openMarkets(): Map<string, CompletionView> {
    const markets = new Map<string, CompletionView>();
    if (!this.container.has('markets.tags')) return markets;
    const tags = Buffer.from(this.container.uint8('markets.tags')).toString('utf8').split('\u0000');
    tags.forEach((market, index) => {
      const view = new CompletionView(this.container, `m${index}`, market, {
        completions: this.completions,
        order: this.order,
        ranks: null,
      });
      markets.set(market, view);
    });
    return markets;
  }

  /** Bytes by section, in file order. */
  sizes(): { section: string; bytes: number }[] {
    return this.container.sizes();
  }

  /** The completion that a row leads to: itself, or an alias's target. */
  completionOfRow(row: number): CompletionId {
    return brandCompletion(
      row < this.completions ? row : this.aliasTargets[row - this.completions]!,
    );
  }

  /** The shown texts of the first `count` of `ids`, in order; `count` is at most MAX_RESULTS. */
  surfaceTexts(ids: Uint32Array, count: number): string[] {
    return this.batch.surfaceTexts(ids, count);
  }

  /** The normalised forms of the first `count` of `rows`, in order; `count` is at most MAX_RESULTS. */
  normalisedTexts(rows: Uint32Array, count: number): string[] {
    return this.batch.normalisedTexts(rows, count);
  }

  /** Puts both of the first `count` of `ids`, all different, into the lists, which get that length; `count` is at most MAX_RESULTS. */
  bothTexts(ids: Uint32Array, count: number, shown: string[], normalised: string[]): void {
    this.batch.bothTexts(ids, count, shown, normalised);
  }

  /** The shown text of one completion. */
  surfaceText(id: CompletionId): string {
    return this.surfaceTexts(Uint32Array.of(id), 1)[0]!;
  }

  /** Whether any completion names an entity. */
  get hasEntities(): boolean {
    return !this.entities.isEmpty;
  }

  /** Whether the completion names an entity rather than a query; false throughout in files before version 2. */
  isEntity(id: CompletionId): boolean {
    return this.entities.has(id);
  }

  /** Reads every byte against its checksum. @throws SegmentError naming the section and its place. */
  verifyChecksums(): void {
    this.container.verifyChecksums();
  }

  /** Checks every checksum and every order invariant. @throws SegmentError naming the first fault's place. */
  verify(): void {
    this.verifyChecksums();
    this.terms.verify();
    this.forward.verify(this.terms.size, this.terms.spaced);
    this.order.verify(this.completions);
    this.surfaces.verify();
    this.verifyCompletions();
    this.aliasTargets.forEach((target, alias) => {
      if (target >= this.completions) {
        throw new SegmentError(
          'broken-order',
          `segment section 'aliases.targets', alias ${alias}: expected a completion below ${this.completions}, got ${target}`,
        );
      }
    });
    const { spaced } = this.terms;
    this.all.verify(this.rows, this.completions, spaced);
    this.all.commonPairs?.verify(this.forward, this.completions);
    for (const view of this.markets.values()) {
      view.verify(this.rows, this.completions, spaced);
    }
    this.verifyRanks();
    this.entities.verify(this.completions);
    const bestIds = bestIdsOf(this.forward, (row) => this.completionOfRow(row), this.terms.size);
    this.verifyTrie(bestIds);
    this.termKeys?.verify(bestIds);
    this.linker?.verify(this.completions);
    this.videos?.verify(this.completions);
    this.related?.verify(this.completions);
    this.themes?.verify(this.completions);
    this.topics?.verify();
    this.trends?.verify(this.completions);
    this.textKeys?.verify(
      this.completions,
      (id) => this.normalisedTexts(Uint32Array.of(id), 1)[0]!.length,
    );
  }

  private verifyCompletions(): void {
    const { forward, terms, signatures, logScores } = this;
    for (let id = 0; id < this.completions; id++) {
      if (id > 0 && !(logScores[id]! <= logScores[id - 1]!)) {
        throw new SegmentError(
          'broken-order',
          `segment section 'scores.log2', completion ${id}: expected at most the score before it, got ${logScores[id]}`,
        );
      }
      let signature = 0;
      const end = forward.start(id + 1);
      for (let place = forward.start(id); place < end; place++) {
        signature |= signatureOf(terms.termText(forward.termAt(place)), true);
      }
      if (signature >>> 0 !== signatures[id]) {
        throw new SegmentError(
          'broken-order',
          `segment section 'signatures', completion ${id}: expected ${signature >>> 0}, got ${signatures[id]}`,
        );
      }
    }
  }

  private verifyTrie(bestIds: Uint32Array): void {
    if (this.trie === null) return;
    const { text, offsets, spaced } = this.terms;
    const termByte = (term: number, index: number): number => {
      const at = offsets[term]! + index;
      return at < offsets[term + 1]! ? text[at]! : -1;
    };
    this.trie.verify({ termByte, spaced, bestIds });
  }

  private verifyRanks(): void {
    this.order.rows.forEach((row, place) => {
      const expected = this.completionOfRow(row);
      const found = new Uint32Array(1);
      this.all.best({ low: place, high: place + 1 }, 1, found);
      if (found[0] !== expected) {
        throw new SegmentError(
          'broken-order',
          `segment section 'all.ranks', place ${place}: expected completion ${expected}, got ${found[0]}`,
        );
      }
    });
  }
}
