import type { SearchedText } from '../../../dictionaries/searched-text.ts';

const DAY_MS = 86_400_000;
/** People of a text who are told apart, or as many as it needs; the first of more are forgotten, and count anew. */
const MOST_PEOPLE = 64;

/** What a snapshot's counts go by. */
export interface FreshRules {
  /** Distinct people that a text needs. */
  readonly minUsers: number;
  /** Half-life of counts; 0 for none. */
  readonly halfLifeDays: number;
}

/** Who searched a text in a market, and how much that weighs: each person as one search, fading as the snapshot's counts do. */
export class FreshTally implements SearchedText {
  readonly kind: 'query' | 'entity';
  readonly market: string;
  readonly normalised: string;
  readonly isBlocked: boolean;
  surface: string;
  #lead = 1;
  #people: number[] = [];
  #weight = 0;
  #lastMs = 0;

  constructor(kind: 'query' | 'entity', market: string, text: SearchedText) {
    this.kind = kind;
    this.market = market;
    this.normalised = text.normalised;
    this.surface = text.surface;
    this.isBlocked = text.isBlocked;
  }

  /** Distinct people, as far as they are told apart. */
  get people(): number {
    return this.#people.length;
  }

  /** What it weighs at a time; without a half-life nothing fades. */
  weightAt(nowMs: number, { halfLifeDays }: Pick<FreshRules, 'halfLifeDays'>): number {
    if (halfLifeDays <= 0) return this.#weight;
    return this.#weight * 2 ** (-Math.max(0, nowMs - this.#lastMs) / (halfLifeDays * DAY_MS));
  }

  /** What orders tallies by weight at any time alike: its binary logarithm, had all faded since the same moment. */
  levelBy({ halfLifeDays }: Pick<FreshRules, 'halfLifeDays'>): number {
    const faded = halfLifeDays <= 0 ? 0 : this.#lastMs / (halfLifeDays * DAY_MS);
    return Math.log2(this.#weight) + faded;
  }

  /** Counts a person, by a number that stands for them; whether they are new. The surface is that of most, by a majority vote in constant room. */
  add(person: number, surface: string, atMs: number, rules: FreshRules): boolean {
    if (surface === this.surface) this.#lead++;
    else if (--this.#lead <= 0) {
      this.surface = surface;
      this.#lead = 1;
    }
    if (this.#people.includes(person)) return false;
    this.#people.push(person);
    if (this.#people.length > Math.max(MOST_PEOPLE, rules.minUsers)) this.#people.shift();
    this.#weight = this.weightAt(atMs, rules) + 1;
    this.#lastMs = Math.max(this.#lastMs, atMs);
    return true;
  }

  has(person: number): boolean {
    return this.#people.includes(person);
  }

  /** Takes a person back out; whether they were counted. */
  remove(person: number): boolean {
    const at = this.#people.indexOf(person);
    if (at < 0) return false;
    this.#people.splice(at, 1);
    this.#weight = Math.max(0, this.#weight - 1);
    return true;
  }
}
