import { normalise } from '../../dictionaries/normalise.ts';
import type { LogRow } from './day-log.ts';

/** The lengths, in code points, over which the marginals are averaged. A shorter query is typed whole. */
export const MARGINAL_LENGTHS: readonly number[] = [1, 2, 3, 5];
const LIST_SIZE = 10;

/** What is fixed about every world (WORLD.md), measured on its held-out part. */
export interface Marginals {
  readonly trainingSearches: number;
  readonly heldOutSearches: number;
  /** Share of held-out searches that repeat an earlier one of the same user, held-out or not. */
  readonly ownRepeats: number;
  /** Share of held-out searches whose normalised form occurs in the training part at all. */
  readonly seenInTraining: number;
  /** MRR@10 by training count, by length as in `MARGINAL_LENGTHS`, and its mean. */
  readonly popularity: readonly number[];
  readonly popularityMean: number;
  /** MRR@10 of the user's own most recent matches before popularity. */
  readonly ownThenPopularity: readonly number[];
  readonly ownThenPopularityMean: number;
}

/** Which rows are measured: committed searches only, no traces, no abandoned prefixes, no pages, no bots, nothing planted. */
export function isMeasured(row: Pick<LogRow, 'kind'>): boolean {
  return row.kind === 'search';
}

/**
 * Collects committed searches in the order of time and measures the marginals. Queries are normalised; completions of a
 * prefix are the training part's distinct queries that begin with it, by count, ties in code unit order.
 */
export class MarginalsMeter {
  private readonly heldOutFromMs: number;
  private readonly texts: string[] = [];
  private readonly idOfText = new Map<string, number>();
  private readonly idOfSurface = new Map<string, number>();
  private readonly counts: number[] = [];
  private readonly histories = new Map<string, number[]>();
  private readonly heldOut: {
    readonly history: number[];
    readonly before: number;
    readonly query: number;
  }[] = [];
  private trainingSearches = 0;

  constructor(heldOutFromMs: number) {
    this.heldOutFromMs = heldOutFromMs;
  }

  add(row: Pick<LogRow, 'atMs' | 'user' | 'query' | 'kind'>): void {
    if (!isMeasured(row)) return;
    const query = this.intern(row.query);
    if (query < 0) return;
    let history = this.histories.get(row.user);
    if (history === undefined) {
      history = [];
      this.histories.set(row.user, history);
    }
    if (row.atMs >= this.heldOutFromMs) {
      this.heldOut.push({ history, before: history.length, query });
    } else {
      this.trainingSearches++;
      this.counts[query]!++;
    }
    history.push(query);
  }

  measure(): Marginals {
    const prefixes = new PrefixTable(this.texts);
    const popular = this.listPopular(prefixes);
    const seenAt = new Int32Array(this.texts.length).fill(-1);
    const popularitySums = MARGINAL_LENGTHS.map(() => 0);
    const ownSums = MARGINAL_LENGTHS.map(() => 0);
    let repeats = 0;
    let seen = 0;
    this.heldOut.forEach(({ history, before, query }, number) => {
      if (history.lastIndexOf(query, before - 1) >= 0 && before > 0) repeats++;
      if (this.counts[query]! > 0) seen++;
      MARGINAL_LENGTHS.forEach((length, i) => {
        const level = prefixes.levelOf(query, length);
        const prefix = prefixes.prefixOf(query, level);
        const list = popular.get(prefix) ?? [];
        popularitySums[i]! += reciprocalRankIn(list, query);
        ownSums[i]! += reciprocalRankIn(
          ownThenPopular(
            history,
            before,
            list,
            seenAt,
            number * MARGINAL_LENGTHS.length + i,
            (id) => prefixes.prefixOf(id, level) === prefix,
          ),
          query,
        );
      });
    });
    const total = Math.max(1, this.heldOut.length);
    const popularity = popularitySums.map((sum) => sum / total);
    const ownThenPopularity = ownSums.map((sum) => sum / total);
    return {
      trainingSearches: this.trainingSearches,
      heldOutSearches: this.heldOut.length,
      ownRepeats: repeats / total,
      seenInTraining: seen / total,
      popularity,
      popularityMean: mean(popularity),
      ownThenPopularity,
      ownThenPopularityMean: mean(ownThenPopularity),
    };
  }

  /** The ten most searched completions of each prefix. */
  private listPopular(prefixes: PrefixTable): Map<number, number[]> {
    const trained = this.texts.flatMap((_, id) => (this.counts[id]! > 0 ? [id] : []));
    trained.sort(
      (a, b) => this.counts[b]! - this.counts[a]! || (this.texts[a]! < this.texts[b]! ? -1 : 1),
    );
    const popular = new Map<number, number[]>();
    for (const id of trained) {
      for (let level = 1; level <= PrefixTable.LEVELS; level++) {
        if (level > 1 && prefixes.prefixOf(id, level) === prefixes.prefixOf(id, level - 1)) break;
        const list = popular.get(prefixes.prefixOf(id, level));
        if (list === undefined) popular.set(prefixes.prefixOf(id, level), [id]);
        else if (list.length < LIST_SIZE) list.push(id);
      }
    }
    return popular;
  }

  private intern(surface: string): number {
    const known = this.idOfSurface.get(surface);
    if (known !== undefined) return known;
    const text = normalise(surface);
    let id = text === '' ? -1 : this.idOfText.get(text);
    if (id === undefined) {
      id = this.texts.length;
      this.texts.push(text);
      this.counts.push(0);
      this.idOfText.set(text, id);
    }
    this.idOfSurface.set(surface, id);
    return id;
  }
}

/** The user's distinct matches, newest first, then the popular ones that are not among them; ten in all. */
function ownThenPopular(
  history: readonly number[],
  before: number,
  popular: readonly number[],
  seenAt: Int32Array,
  stamp: number,
  matches: (id: number) => boolean,
): readonly number[] {
  const list: number[] = [];
  for (let at = before - 1; at >= 0 && list.length < LIST_SIZE; at--) {
    const id = history[at]!;
    if (seenAt[id] === stamp || !matches(id)) continue;
    seenAt[id] = stamp;
    list.push(id);
  }
  for (const id of popular) {
    if (list.length >= LIST_SIZE) break;
    if (seenAt[id] !== stamp) list.push(id);
  }
  return list;
}

function reciprocalRankIn(list: readonly number[], target: number): number {
  const at = list.indexOf(target);
  return at < 0 ? 0 : 1 / (at + 1);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Numbers for the prefixes of 1 to 5 code points of each text; those of a shorter text end at the text itself. */
class PrefixTable {
  static readonly LEVELS = 5;
  private readonly ids: Uint32Array;
  private readonly lengths: Uint8Array;

  constructor(texts: readonly string[]) {
    const known = new Map<string, number>();
    this.ids = new Uint32Array(texts.length * PrefixTable.LEVELS);
    this.lengths = new Uint8Array(texts.length);
    texts.forEach((text, id) => {
      const characters = [...text.slice(0, 2 * PrefixTable.LEVELS)].slice(0, PrefixTable.LEVELS);
      this.lengths[id] = characters.length;
      for (let level = 1; level <= PrefixTable.LEVELS; level++) {
        const prefix = characters.slice(0, level).join('');
        let number = known.get(prefix);
        if (number === undefined) {
          number = known.size;
          known.set(prefix, number);
        }
        this.ids[id * PrefixTable.LEVELS + level - 1] = number;
      }
    });
  }

  /** How much of a query is typed for a length: all of a shorter one. */
  levelOf(id: number, length: number): number {
    return Math.min(length, this.lengths[id]!);
  }

  prefixOf(id: number, level: number): number {
    return this.ids[id * PrefixTable.LEVELS + level - 1]!;
  }
}
