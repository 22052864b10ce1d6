import { RunMatches, walkRuns } from '../../../dictionaries/mentions/run-walk.ts';
import { TextScan } from '../../../dictionaries/mentions/text-scan.ts';
import {
  AFTER_BREAK,
  CAPITAL,
  HANDLE,
  HAS_LETTER,
  HAS_STEM,
  HASHTAG,
  UNSPACED_WORD,
} from '../../../dictionaries/mentions/word-flags.ts';
import { MOST_WORDS } from '../../../dictionaries/mentions/word-list.ts';
import {
  CAPITALISED,
  readCase,
  type TextCase,
  writingOf,
} from '../../../dictionaries/mentions/writing.ts';
import type { Linker } from '../../../indexer/segment/linker-section.ts';
import { mostCompany } from './company-bound.ts';
import { CompanyWords } from './company-words.ts';
import {
  COMPANY_FEATURES,
  companyOf,
  LOOK_FEATURES,
  lookOf,
  type ReadText,
  weigh,
} from './span-features.ts';
import {
  KNOWN_COMPANY_WEIGHTS,
  UNKNOWN_COMPANY_WEIGHTS,
  UNKNOWN_LOOK_WEIGHTS,
} from './span-weights.ts';

/** A span that may become a link. */
export interface SpanCandidate {
  readonly first: number;
  /** The word behind the last one. */
  readonly last: number;
  /** UTF-16 offsets in the text. */
  readonly start: number;
  readonly end: number;
  /** Surface of the linker; -1 for a span that shows itself a name. */
  readonly surface: number;
  readonly writing: number;
  /** How surely it is worth a link. */
  readonly logit: number;
}

/** Sees every candidate with its numbers; for tuning. */
export type CandidateObserver = (candidate: SpanCandidate, features: Float64Array) => void;

/** Words of a span that shows itself a name. */
const LONGEST_NAME = 4;
/** A run of more words with capitals is a title. */
const LONGEST_CAPITALS = 8;
/** What the words of one text may add in all. */
const MOST_CONTEXT = 4;

/** By writing: at most what all that stands around a known surface adds. */
const MOST_AROUND = KNOWN_COMPANY_WEIGHTS.map(
  (weights) => mostCompany(weights) + MOST_CONTEXT * Math.abs(weights[0] ?? 0),
);

/**
 * One pass over a text: its words, the surfaces of the index among them, and the spans that show themselves names, each with what it is worth. The arrays are used
 * again from text to text. About 10 ns a character, and as much again a candidate.
 */
export class EntityPass {
  readonly #linker: Linker;
  readonly #scan = new TextScan();
  readonly #values = new Int32Array(MOST_WORDS);
  readonly #matches = new RunMatches();
  readonly #found: TextCase = { capitals: 0, smalls: 0, tells: true };
  readonly #features = new Float64Array(COMPANY_FEATURES + LOOK_FEATURES);
  readonly #read: ReadText;
  readonly #observe: CandidateObserver | null;
  readonly #company = new CompanyWords();
  #isRead = false;
  #isCompanyRead = false;

  constructor(linker: Linker, observe: CandidateObserver | null = null) {
    this.#linker = linker;
    this.#observe = observe;
    this.#read = { scan: this.#scan, values: this.#values, found: this.#found };
  }

  /**
   * The candidates of a text that are worth at least `bounds.known`, or `bounds.unknown` where the index does not know them, in the order of the
   * text; they overlap. `video` are first hashes of words of the video that the text belongs to.
   */
  find(
    text: string,
    bounds: { readonly known: number; readonly unknown: number },
    video: ArrayLike<number> = [],
  ): SpanCandidate[] {
    const scan = this.#scan;
    scan.scan(text);
    walkRuns(scan, this.#linker, this.#matches);
    readCase(scan, this.#found);
    this.#isRead = false;
    this.#isCompanyRead = false;
    const candidates: SpanCandidate[] = [];
    this.#addKnown(text, bounds.known, video, candidates);
    if (
      this.#found.tells &&
      this.#found.capitals > 0 &&
      bounds.unknown < Number.POSITIVE_INFINITY
    ) {
      this.#addNames(bounds.unknown, candidates);
    }
    return candidates;
  }

  /** Looks the words up, when the first candidate asks for them. */
  #readWords(): void {
    if (this.#isRead) return;
    this.#isRead = true;
    const { count, flags, hashA, hashB, stemA, stemB } = this.#scan;
    const values = this.#values;
    for (let at = 0; at < count; at++) {
      const flag = flags[at]!;
      if ((flag & HAS_LETTER) === 0) {
        values[at] = 0;
        continue;
      }
      let value = this.#linker.wordOf(hashA[at]!, hashB[at]!);
      if ((flag & HAS_STEM) !== 0 && value === 0) {
        value = this.#linker.wordOf(stemA[at]!, stemB[at]!);
      }
      values[at] = value;
    }
  }

  #addKnown(
    text: string,
    bound: number,
    video: ArrayLike<number>,
    candidates: SpanCandidate[],
  ): void {
    const { count, firsts, lasts, ends, surfaces } = this.#matches;
    const scan = this.#scan;
    for (let i = 0; i < count; i++) {
      const first = firsts[i]!;
      const last = lasts[i]!;
      const surface = surfaces[i]!;
      const writing = writingOf(scan, first, last, text, this.#found);
      const base = this.#linker.logitOf(surface, writing);
      // Most surfaces are worth too little whatever stands around.
      if (base + MOST_AROUND[writing]! < bound && this.#observe === null) continue;
      this.#readWords();
      companyOf(this.#read, first, last, 0, this.#features);
      const weights = KNOWN_COMPANY_WEIGHTS[writing] ?? [];
      let logit = base + weigh(this.#features, 0, COMPANY_FEATURES, weights);
      const contextWeight = weights[0] ?? 0;
      const reach = MOST_CONTEXT * Math.abs(contextWeight);
      // The words around are looked at only where they may decide.
      if (this.#linker.hasContext(surface) && (logit + reach >= bound || this.#observe !== null)) {
        const context = this.#contextOf(surface, first, last, video);
        this.#features[0] = context;
        logit += context * contextWeight;
      }
      if (logit < bound && this.#observe === null) continue;
      const start = scan.starts[first]!;
      const candidate = { first, last, start, end: ends[i]!, surface, writing, logit };
      this.#observe?.(candidate, this.#features);
      if (logit >= bound) candidates.push(candidate);
    }
  }

  #contextOf(surface: number, first: number, last: number, video: ArrayLike<number>): number {
    if (!this.#isCompanyRead) {
      this.#isCompanyRead = true;
      this.#company.read(this.#scan, video);
    }
    const sum = this.#company.without(this.#scan, first, last, () =>
      this.#linker.contextSum(surface, this.#company),
    );
    return Math.max(-MOST_CONTEXT, Math.min(MOST_CONTEXT, sum));
  }

  /** Runs of words with capitals, and every run within them: how they look and what stands around decides. */
  #addNames(bound: number, candidates: SpanCandidate[]): void {
    const { count, flags } = this.#scan;
    for (let from = 0; from < count; ) {
      if (!isCapitalWord(flags[from]!)) {
        from++;
        continue;
      }
      let to = from + 1;
      while (to < count && isCapitalWord(flags[to]!) && (flags[to]! & AFTER_BREAK) === 0) to++;
      if (to - from <= LONGEST_CAPITALS) this.#addRuns(from, to, bound, candidates);
      from = to;
    }
  }

  #addRuns(from: number, to: number, bound: number, candidates: SpanCandidate[]): void {
    this.#readWords();
    const { starts, ends, flags, stemEnds } = this.#scan;
    const features = this.#features;
    for (let first = from; first < to; first++) {
      for (let last = first + 1; last <= Math.min(to, first + LONGEST_NAME); last++) {
        companyOf(this.#read, first, last, 0, features);
        lookOf(this.#read, first, last, features, COMPANY_FEATURES);
        const logit =
          weigh(features, 0, COMPANY_FEATURES, UNKNOWN_COMPANY_WEIGHTS) +
          weigh(features, COMPANY_FEATURES, LOOK_FEATURES, UNKNOWN_LOOK_WEIGHTS);
        if (logit < bound && this.#observe === null) continue;
        const hasStem = (flags[last - 1]! & HAS_STEM) !== 0;
        const candidate = {
          first,
          last,
          start: starts[first]!,
          end: hasStem ? stemEnds[last - 1]! : ends[last - 1]!,
          surface: -1,
          writing: CAPITALISED,
          logit,
        };
        this.#observe?.(candidate, features);
        if (logit >= bound) candidates.push(candidate);
      }
    }
  }
}

function isCapitalWord(flags: number): boolean {
  const wanted = HAS_LETTER | CAPITAL;
  return (flags & wanted) === wanted && (flags & (HASHTAG | HANDLE | UNSPACED_WORD)) === 0;
}
