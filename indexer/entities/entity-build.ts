import type { Workspace } from '../clean/workspace.ts';
import { RowTally } from '../input/row-tally.ts';
import type { AsOf } from '../input/time-reader.ts';
import type { CountedCompletion } from '../segment/counted-completion.ts';
import type { KnownWord, LinkedSurface } from '../segment/linker-section-builder.ts';
import { type English, gatherWords, loadEnglish } from './english.ts';
import { EntityMiner } from './entity-miner.ts';
import { linkSurfaces } from './linked-surfaces.ts';
import {
  type MinedText,
  readCommentTexts,
  readVideoTexts,
  type TextSource,
} from './mined-texts.ts';
import type { SurfaceEvidence } from './surface-worth.ts';

/** Comments to mine, and how often what nobody searched must be named. */
export interface CommentSource extends TextSource {
  /** Distinct people or videos that must name a surface. */
  readonly minMentions: number;
}

/** What a build needs to know to mine entities; a part of `IndexOptions`. */
export interface EntityOptions {
  readonly comments?: CommentSource;
  readonly videos?: TextSource;
  readonly asOf: AsOf | undefined;
  readonly market: string | undefined;
  readonly rules: { readonly safety: boolean; readonly minUsers: number };
  readonly maxMalformedShare: number | undefined;
}

export interface EntityIo {
  /** Sees what is known of every surface, in the order of their numbers, none left out for being worth little: what the weights are fitted on. */
  readonly onSurface?: (evidence: SurfaceEvidence) => void;
  readonly onStep: (what: string) => void;
  readonly onRows: (rows: number) => void;
  readonly nowMs: () => number;
}

/** What came of the mining. */
export interface EntityReport {
  /** Comments that were read. */
  readonly comments: number;
  readonly malformed: number;
  /** `FILE:LINE: why` of the first malformed rows. */
  readonly malformedExamples: readonly string[];
  readonly empty: number;
  readonly afterAsOf: number;
  /** Surfaces that comments are looked through for. */
  readonly surfaces: number;
  /** Those of them that nobody searched as they are. */
  readonly unsearched: number;
  /** Surfaces that words around them decide about. */
  readonly ambiguous: number;
}

/** What the segment keeps of it all. */
export interface MinedEntities {
  readonly surfaces: readonly LinkedSurface[];
  readonly words: readonly KnownWord[];
  readonly report: EntityReport;
}

/** Mines the entities of a build; its two readings of the texts lie before and after the completions are known. */
export class EntityBuild {
  readonly #options: EntityOptions;
  readonly #io: EntityIo;
  readonly #english: English;
  readonly #miner: EntityMiner;
  readonly #minMentions: number;
  #tally: RowTally;
  #afterAsOf = 0;

  private constructor(options: EntityOptions, io: EntityIo, english: English, miner: EntityMiner) {
    this.#options = options;
    this.#io = io;
    this.#english = english;
    this.#miner = miner;
    this.#minMentions = options.comments?.minMentions ?? DEFAULT_MIN_MENTIONS;
    this.#tally = new RowTally(options.maxMalformedShare);
  }

  /** Reads the texts for the first time. Without comments names come of titles, tags and searches alone. */
  static async open(
    workspace: Workspace,
    options: EntityOptions,
    io: EntityIo,
  ): Promise<EntityBuild> {
    const { comments, market, rules } = options;
    if (comments !== undefined && comments.files.length > 0) io.onStep('reading comments');
    const english = await loadEnglish();
    const { minMentions } = comments ?? { minMentions: DEFAULT_MIN_MENTIONS };
    const { safety, minUsers } = rules;
    const mining = { minMentions, minUsers, safety, market };
    const miner = await EntityMiner.open(workspace, mining, english);
    const build = new EntityBuild(options, io, english, miner);
    for await (const text of build.#texts()) miner.study(text);
    return build;
  }

  /** Chooses what enough people name or search; the queries must have been counted, and no completion added. */
  async choose(): Promise<void> {
    this.#io.onStep('choosing what comments may name');
    await this.#miner.choose();
  }

  /** Comments that were read; 0 before `open` is done. */
  get rows(): number {
    return this.#tally.rows;
  }

  get miner(): EntityMiner {
    return this.#miner;
  }

  get english(): English {
    return this.#english;
  }

  /** Takes the completions in the order in which the segment's builder gets them. */
  addCompletion(completion: CountedCompletion): void {
    this.#miner.addCompletion(completion);
  }

  /** Reads the texts again and judges what they name. */
  async finish(): Promise<MinedEntities> {
    if (this.#hasTexts) this.#io.onStep('counting who names what');
    await this.#miner.beginRecount();
    for await (const text of this.#texts()) this.#miner.recount(text);
    const booked = await this.#miner.finishRecount();
    const surfaces = linkSurfaces(booked, this.#miner, this.#english, {
      minMentions: this.#minMentions,
      ...(this.#io.onSurface === undefined ? {} : { onSurface: this.#io.onSurface }),
    });
    const words = gatherWords(this.#english, this.#miner.counts, this.#minMentions);
    const { rows, malformed, examples, empty } = this.#tally;
    const report = {
      comments: rows,
      malformed,
      malformedExamples: examples,
      empty,
      afterAsOf: this.#afterAsOf,
      surfaces: surfaces.length,
      unsearched: surfaces.filter(({ input }) => input < 0).length,
      ambiguous: surfaces.filter(({ context }) => context.length > 0).length,
    };
    return { surfaces, words, report };
  }

  get #hasTexts(): boolean {
    const { comments, videos } = this.#options;
    return (comments?.files.length ?? 0) + (videos?.files.length ?? 0) > 0;
  }

  async *#texts(): AsyncGenerator<MinedText> {
    const { comments, videos, asOf, maxMalformedShare } = this.#options;
    const nowMs = this.#io.nowMs();
    if (videos !== undefined) {
      yield* readVideoTexts(videos, asOf, nowMs, new RowTally(maxMalformedShare));
    }
    if (comments === undefined) return;
    this.#tally = new RowTally(maxMalformedShare);
    this.#afterAsOf = 0;
    for await (const text of readCommentTexts(comments, asOf, nowMs, this.#tally, () => {
      this.#afterAsOf++;
    })) {
      this.#io.onRows(this.#tally.rows);
      yield text;
    }
  }
}

/** Distinct people or videos that must name a surface, unless the caller says otherwise. */
export const DEFAULT_MIN_MENTIONS = 3;
