import type { QueryTable } from './query-table.ts';
import { THRESHOLDS } from './thresholds.ts';
import type { WordClasses } from './word-classes.ts';
import type { WordUsage } from './word-usage.ts';

/** How alike the company of two phrases is: the words that stand beside them in longer queries. */
export interface CompanyLikeness {
  /** Longer queries that hold each phrase, as far as they were looked at. */
  readonly queries: readonly [number, number];
  /** Different words that both have for company. */
  readonly shared: number;
  /** Cosine of the two companies, each word weighted by how rare it is. */
  readonly cosine: number;
  /**
   * The cosine between halves of the two, as a share of that between the halves of each: 1 where they differ no more than each
   * differs from itself. Null where a phrase has too little company to tell.
   */
  readonly corrected: number | null;
}

/** A phrase is read in so many longer queries at most, the most used ones. */
const MOST_QUERIES = 600;
/** Remembered companies; the memory of the largest is about 100 KB. */
const MOST_REMEMBERED = 500;
/** A company that is less like itself than this says nothing. */
const LEAST_SELF_LIKENESS = 0.05;

type Weights = Map<number, number>;

interface Company {
  readonly queries: number;
  readonly all: Weights;
  readonly halves: readonly [Weights, Weights];
}

/**
 * Tells the company that phrases keep, from the kept queries alone. Words count by class, so that running shoe and running shoes are the
 * same company. Costs a walk of the rarest word's rows a phrase.
 */
export class CompanyEvidence {
  readonly #table: QueryTable;
  readonly #classes: WordClasses;
  readonly #usage: WordUsage;
  readonly #rarity: Float64Array;
  readonly #remembered = new Map<string, Company>();

  constructor(table: QueryTable, classes: WordClasses, usage: WordUsage) {
    this.#table = table;
    this.#classes = classes;
    this.#usage = usage;
    this.#rarity = rarityOf(table, classes);
  }

  /** Compares two phrases, words by number. What stands in either is no company. */
  compare(a: ArrayLike<number>, b: ArrayLike<number>): CompanyLikeness {
    const own = new Set([...Array.from(a), ...Array.from(b)]);
    const [first, second] = [this.#companyOf(a, own), this.#companyOf(b, own)];
    let shared = 0;
    for (const word of first.all.keys()) if (second.all.has(word)) shared += 1;
    return {
      queries: [first.queries, second.queries],
      shared,
      cosine: cosine(first.all, second.all),
      corrected: correctedCosine(first, second),
    };
  }

  #companyOf(phrase: ArrayLike<number>, own: ReadonlySet<number>): Company {
    const key = `${Array.from(phrase).join(' ')}|${[...own].sort((x, y) => x - y).join(' ')}`;
    const known = this.#remembered.get(key);
    if (known !== undefined) return known;
    if (this.#remembered.size >= MOST_REMEMBERED) this.#remembered.clear();
    const company = this.#readCompany(phrase, own);
    this.#remembered.set(key, company);
    return company;
  }

  #readCompany(phrase: ArrayLike<number>, own: ReadonlySet<number>): Company {
    const table = this.#table;
    const all: Weights = new Map();
    const halves: [Weights, Weights] = [new Map(), new Map()];
    let queries = 0;
    for (const row of this.#usage.rowsOf(this.#rarestOf(phrase))) {
      const start = table.starts[row] ?? 0;
      const end = table.starts[row + 1] ?? 0;
      if (end - start <= phrase.length || !holdsPhrase(table.wordIds, start, end, phrase)) continue;
      const half = halves[(queries & 1) as 0 | 1];
      for (let at = start; at < end; at++) {
        if (own.has(table.wordIds[at] ?? 0)) continue;
        const word = this.#classes.classIds[at] ?? 0;
        const weight = this.#rarity[word] ?? 0;
        all.set(word, (all.get(word) ?? 0) + weight);
        half.set(word, (half.get(word) ?? 0) + weight);
      }
      queries += 1;
      if (queries === MOST_QUERIES) break;
    }
    return { queries, all, halves };
  }

  #rarestOf(phrase: ArrayLike<number>): number {
    let rarest = phrase[0] ?? 0;
    for (let at = 1; at < phrase.length; at++) {
      const word = phrase[at] ?? 0;
      if ((this.#usage.counts[word] ?? 0) < (this.#usage.counts[rarest] ?? 0)) rarest = word;
    }
    return rarest;
  }
}

function holdsPhrase(
  wordIds: Uint32Array,
  start: number,
  end: number,
  phrase: ArrayLike<number>,
): boolean {
  for (let from = start; from + phrase.length <= end; from++) {
    let length = 0;
    while (length < phrase.length && wordIds[from + length] === phrase[length]) length += 1;
    if (length === phrase.length) return true;
  }
  return false;
}

/** By class, the logarithm of how few of the queries hold it. */
function rarityOf(table: QueryTable, classes: WordClasses): Float64Array {
  const counts = new Float64Array(classes.size);
  for (const word of classes.classIds) counts[word] = (counts[word] ?? 0) + 1;
  return counts.map((count) => Math.log(1 + table.size / Math.max(1, count)));
}

function correctedCosine(a: Company, b: Company): number | null {
  if (Math.min(a.queries, b.queries) < THRESHOLDS.companyQueries) return null;
  const [selfA, selfB] = [cosine(...a.halves), cosine(...b.halves)];
  if (selfA < LEAST_SELF_LIKENESS || selfB < LEAST_SELF_LIKENESS) return null;
  let across = 0;
  for (const half of a.halves) for (const other of b.halves) across += cosine(half, other) / 4;
  return across / Math.sqrt(selfA * selfB);
}

function cosine(a: Weights, b: Weights): number {
  let product = 0;
  for (const [word, weight] of a) product += weight * (b.get(word) ?? 0);
  const norms = Math.sqrt(squares(a) * squares(b));
  return norms === 0 ? 0 : product / norms;
}

function squares(weights: Weights): number {
  let sum = 0;
  for (const weight of weights.values()) sum += weight * weight;
  return sum;
}
