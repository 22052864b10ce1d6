import type { DuckDBAppender } from '@duckdb/node-api';
import { RunMatches, walkRuns } from '../../dictionaries/mentions/run-walk.ts';
import { TextScan } from '../../dictionaries/mentions/text-scan.ts';
import {
  HANDLE,
  HAS_LETTER,
  HASHTAG,
  UNSPACED_WORD,
} from '../../dictionaries/mentions/word-flags.ts';
import { hashWord } from '../../dictionaries/mentions/word-hash.ts';
import {
  CAPITALISED,
  LOWER,
  NEUTRAL,
  readCase,
  TAGGED,
  type TextCase,
  writingOf,
} from '../../dictionaries/mentions/writing.ts';
import { normalise } from '../../dictionaries/normalise.ts';
import type { Workspace } from '../clean/workspace.ts';
import { judgeText } from '../counting/text-verdict.ts';
import { associationOf } from '../phrases/phrase-selection.ts';
import { languageOfMarket } from '../phrases/video-loader.ts';
import type { CountedCompletion } from '../segment/counted-completion.ts';
import { CandidateFinder, SIGNS } from './candidate-finder.ts';
import { ContextBook } from './context-book.ts';
import type { English } from './english.ts';
import type { MinedText } from './mined-texts.ts';
import { bookSearchedPhrases } from './searched-phrases.ts';
import { type BookedSurface, SurfaceBook } from './surface-book.ts';
import { WordCounts } from './word-counts.ts';

/** How entities are mined. */
export interface MiningRules {
  /** Distinct people or videos that must name a surface which nobody searched. */
  readonly minMentions: number;
  /** Distinct users who must have searched a phrase, within whatever query. */
  readonly minUsers: number;
  readonly safety: boolean;
  /** Market of texts that name none. */
  readonly market: string | undefined;
}

/** Words of a phrase that is no name by its writing must meet this much more often than by chance: see `associationOf`. */
const LEAST_ASSOCIATION = 0.3;
/** A word that is as often one as the other is ambiguous. */
const LEAST_OF_EACH = 3;
/** Parts of queries that become surfaces, the most searched ones. */
const MOST_SEARCHED_PHRASES = 300_000;
/** Videos whose words are kept for their comments. */
const MOST_VIDEOS = 500_000;
const MOST_VIDEO_WORDS = 24;

/**
 * Mines what comments name, in two readings of the texts: `study` takes the candidates and how words are written, `choose` keeps what enough people name,
 * `addCompletion` joins what is searched, `recount` counts who names which surface and what stands by it.
 */
export class EntityMiner {
  readonly counts = new WordCounts();
  readonly book = new SurfaceBook();
  readonly contexts = new ContextBook();
  /** Sum of the scores of all searched completions. */
  searches = 0;
  readonly #workspace: Workspace;
  readonly #rules: MiningRules;
  readonly #finder: CandidateFinder;
  readonly #scan = new TextScan();
  readonly #matches = new RunMatches();
  readonly #case: TextCase = { capitals: 0, smalls: 0, tells: true };
  readonly #videoWords = new Map<string, readonly number[]>();
  #candidates: DuckDBAppender | null = null;
  #mentions: DuckDBAppender | null = null;
  #completions = 0;

  private constructor(workspace: Workspace, rules: MiningRules, english: English) {
    this.#workspace = workspace;
    this.#rules = rules;
    this.#finder = new CandidateFinder(english.tagger);
  }

  static async open(
    workspace: Workspace,
    rules: MiningRules,
    english: English,
  ): Promise<EntityMiner> {
    await workspace.runStep('entities/01-candidates');
    const miner = new EntityMiner(workspace, rules, english);
    miner.#candidates = await workspace.appender('entity_candidates');
    return miner;
  }

  /** Takes a text's candidates and words. */
  study(mined: MinedText): void {
    const { text, person } = mined;
    this.#scan.scan(text);
    this.#countWords(person);
    const language = languageOfMarket(mined.market ?? this.#rules.market);
    const signs = new Map<string, number>();
    for (const { phrase, sign } of this.#finder.find(text, this.#scan, language)) {
      signs.set(phrase, (signs.get(phrase) ?? 0) | sign);
    }
    for (const tag of mined.tags) {
      const phrase = normalise(tag);
      if (phrase !== '') signs.set(phrase, (signs.get(phrase) ?? 0) | SIGNS.hashtag);
    }
    for (const [phrase, sign] of signs) {
      const appender = this.#candidates!;
      appender.appendVarchar(phrase);
      appender.appendDouble(person);
      appender.appendUTinyInt(sign);
      appender.endRow();
    }
    if (mined.isTitle) this.#keepVideo(mined);
  }

  #countWords(person: number): void {
    const scan = this.#scan;
    readCase(scan, this.#case);
    // The table of counts keeps 31 bits of who came last.
    const last = (person % 0x7fff_fffe) + 1;
    for (let at = 0; at < scan.count; at++) {
      const flags = scan.flags[at]!;
      if ((flags & HAS_LETTER) === 0 || (flags & (HASHTAG | HANDLE)) !== 0) continue;
      const writing = writingOf(scan, at, at + 1, '', this.#case);
      const kind = writing === LOWER ? 0 : writing === CAPITALISED ? 1 : 2;
      const isNeutral = (flags & UNSPACED_WORD) !== 0;
      this.counts.add(scan.hashA[at]!, scan.hashB[at]!, isNeutral ? 2 : kind, last);
    }
  }

  #keepVideo({ video, text, tags }: MinedText): void {
    if (video === undefined || this.#videoWords.size >= MOST_VIDEOS) return;
    const words = normalise(`${text} ${tags.join(' ')}`).split(' ', MOST_VIDEO_WORDS);
    this.#videoWords.set(
      video,
      words.map((word) => hashWord(word).a),
    );
  }

  /** Makes surfaces of the candidates that enough people or videos name; returns how many. */
  async choose(): Promise<number> {
    this.#candidates?.closeSync();
    const { minMentions, minUsers } = this.#rules;
    await this.#workspace.setVariables({
      min_mentions: minMentions,
      min_users: minUsers,
      most_phrases: MOST_SEARCHED_PHRASES,
    });
    let chosen = 0;
    await this.#workspace.runStep('entities/02-chosen');
    const chosenRows = 'SELECT phrase, people, signs, mentions FROM entity_chosen ORDER BY phrase';
    for await (const chunk of this.#workspace.stream(chosenRows)) {
      for (const [phrase, people, signs, mentions] of chunk.getRows()) {
        const evidence = {
          people: Number(people),
          signs: Number(signs),
          mentions: Number(mentions),
        };
        if (this.#enterCandidate(String(phrase), evidence)) chosen++;
      }
    }
    await bookSearchedPhrases(this.#workspace, this.book, this.#rules.safety);
    return chosen;
  }

  #enterCandidate(
    phrase: string,
    evidence: { readonly signs: number; readonly mentions: number },
  ): boolean {
    if (phrase.length < 2 || !/\p{L}/u.test(phrase)) return false;
    const rules = { group: 'none', safety: this.#rules.safety } as const;
    if (judgeText(phrase, rules).verdict !== 'usable') return false;
    const isName = (evidence.signs & (SIGNS.capitals | SIGNS.hashtag | SIGNS.word)) !== 0;
    if (!isName && !this.#isBound(phrase, evidence.mentions)) return false;
    return this.book.enter(phrase) !== null;
  }

  /** Whether the words of a phrase belong together. */
  #isBound(phrase: string, mentions: number): boolean {
    const words = phrase.split(' ');
    // Scripts without spaces: Intl.Segmenter took the words for neighbours, and enough people wrote them so.
    if (words.length < 2) return true;
    const counts = words.map((word) => {
      const { a, b } = hashWord(word);
      const count = this.counts.find(a, b);
      return count === null ? mentions : count.lower + count.capital + count.start;
    });
    return associationOf(mentions, counts, this.counts.total) >= LEAST_ASSOCIATION;
  }

  /** Takes a completion of the index, in the order in which the segment's builder gets them. */
  addCompletion(completion: CountedCompletion): void {
    const input = this.#completions++;
    const { normalised, score, aliases = [], kind = 'query' } = completion;
    if (kind === 'query') this.searches += score;
    this.book.forEachIn(normalised, (surface) => {
      if (surface.searched === 0 && score > surface.inputScore && surface.text !== normalised) {
        surface.input = input;
        surface.inputScore = score;
      }
    });
    const surface = this.book.enter(normalised);
    if (surface === null) return;
    surface.input = input;
    surface.inputScore = Number.POSITIVE_INFINITY;
    if (kind === 'query') surface.searched = Math.max(score, Number.MIN_VALUE);
    for (const alias of aliases) this.book.enterAlias(alias, surface);
  }

  /** Begins the second reading: no surface is added any more. */
  async beginRecount(): Promise<void> {
    this.#mentions = await this.#workspace.appender('entity_mentions');
    this.book.surfaces.forEach((surface, number) => {
      if (surface.words !== 1 || surface.runs[0]?.length !== 1) return;
      const [{ a, b }] = surface.runs[0] as readonly [{ readonly a: number; readonly b: number }];
      const count = this.counts.find(a, b);
      if (count === null) return;
      const isAmbiguous = count.lower >= LEAST_OF_EACH && count.capital >= LEAST_OF_EACH;
      if (isAmbiguous) this.contexts.watch(number);
    });
  }

  /** Counts what a text names. */
  recount(mined: MinedText): void {
    const { text, person } = mined;
    const scan = this.#scan;
    const matches = this.#matches;
    scan.scan(text);
    readCase(scan, this.#case);
    walkRuns(scan, this.book.runs, matches);
    let reached = 0;
    for (let i = 0; i < matches.count; i++) {
      const first = matches.firsts[i]!;
      const last = matches.lasts[i]!;
      // The longest at a place counts, and nothing inside of what counted.
      const isLongest = i + 1 === matches.count || matches.firsts[i + 1] !== first;
      if (!isLongest || last <= reached) continue;
      reached = last;
      const number = matches.surfaces[i]!;
      const surface = this.book.surfaces[number]!;
      const writing = writingOf(scan, first, last, text, this.#case);
      surface.occurrences[writing as 0 | 1 | 2 | 3]++;
      const appender = this.#mentions!;
      appender.appendUInteger(number);
      appender.appendDouble(person);
      appender.endRow();
      if (!this.contexts.watches(number) || writing === NEUTRAL) continue;
      const isNamed = writing === CAPITALISED || writing === TAGGED;
      const video = mined.isTitle ? [] : (this.#videoWords.get(mined.video ?? '') ?? []);
      this.contexts.add(number, isNamed, scan, { first, last }, video);
    }
  }

  /** Ends the second reading. */
  async finishRecount(): Promise<readonly BookedSurface[]> {
    this.#mentions?.closeSync();
    for await (const chunk of this.#workspace.streamStep('entities/03-people')) {
      for (const [number, people] of chunk.getRows()) {
        const surface = this.book.surfaces[Number(number)];
        if (surface !== undefined) surface.people = Number(people);
      }
    }
    return this.book.surfaces;
  }
}
