/** How a candidate came into the table, as bits of a set: it may have come in several ways. */
export const FROM_PREFIX = 1;
export const FROM_INFIX = 2;
export const FROM_TYPO = 4;
export const FROM_SCRIPT = 8;
export const FROM_SYNONYM = 16;
export const FROM_HISTORY = 32;
export const FROM_SESSION = 64;
export const FROM_VIDEO = 128;
export const FROM_FRESH = 256;

/** What `ids` holds of a text that the snapshot does not have: a search of the user's own, or a fresh query. */
export const NO_COMPLETION = -1;
/** What `history`, `themes` and the like hold where there is nothing. */
export const NONE = -1;
/** Log scores and chances of what has none. */
export const LEAST_LOG = -40;
/** Terms of a candidate that are looked at. */
export const MOST_TERMS_READ = 16;
/** Themes of a candidate that are looked at. */
export const MOST_THEMES_READ = 2;
/** Letters may be those of any of these. */
export const SCRIPT_CODES = [
  'Zyyy',
  'Latn',
  'Cyrl',
  'Grek',
  'Hebr',
  'Arab',
  'Deva',
  'Thai',
  'Kore',
  'Jpan',
  'Hani',
];

/** Where a theme's column begins: candidate `row`'s themes are `row * MOST_THEMES_READ` and the following. */
export type ThemeColumn = Int32Array;

/**
 * The candidates of one request, a row each, in columns that are used again for the next one: nothing is allocated for a candidate. Generators add rows,
 * hydration fills the columns, features read them. `size` rows are valid.
 */
export class CandidateTable {
  readonly capacity: number;
  size = 0;
  /** Completion, or NO_COMPLETION. */
  readonly ids: Int32Array;
  /** Set of the bits above. */
  readonly sources: Uint16Array;
  /** Place in the order of popularity, from 0: what is answered to somebody of whom nothing is known comes first, in its order. */
  readonly places: Uint16Array;
  /** log2 of the decayed score in the market that is asked; LEAST_LOG for texts without one. */
  readonly popularity: Float32Array;
  /** The same over all markets merged. */
  readonly mergedPopularity: Float32Array;
  /** Bits that the typed text's reading costs; 0 for what is matched as typed. */
  readonly readingBits: Float32Array;
  /** Bytes of the normalised form in UTF-8, without spaces. */
  readonly bytes: Uint16Array;
  /** Terms, at most 255. */
  readonly termCounts: Uint8Array;
  /** The ids of the first MOST_TERMS_READ terms, `row * MOST_TERMS_READ` and the following; -1 for one that the snapshot does not know. */
  readonly terms: Int32Array;
  /** Script of the first letter: place in SCRIPT_CODES. */
  readonly scripts: Uint8Array;
  /** Which mix of languages it is searched in, a number of the snapshot's; 0 where nothing is known. */
  readonly languages: Uint8Array;
  /** The likeliest themes; NONE where there are fewer. */
  readonly themes: ThemeColumn;
  /** How likely each of them is. */
  readonly themeShares: Float32Array;
  /** Place in the bound profile's history, 0 the newest; NONE for what the user did not search. */
  readonly history: Int16Array;
  /** log2 of how likely it is searched next in this session, by the query graph; LEAST_LOG where nothing leads to it. */
  readonly followUp: Float32Array;
  /** log2 of how likely a viewer of the video on screen searches it; LEAST_LOG where nothing is known. */
  readonly video: Float32Array;
  /** Searches, decayed with half-lives of an hour, a day and a week. */
  readonly hourCounts: Float32Array;
  readonly dayCounts: Float32Array;
  readonly weekCounts: Float32Array;
  /** log2 of how many times more it was searched in the last week than before it. */
  readonly rise: Float32Array;
  /** Share of its searches that fell in the last week; 0 where nothing is known. */
  readonly novelty: Float32Array;
  /** log2 of its click rate, and of that after this typed text, over what is usual at the positions that it had. */
  readonly clickRates: Float32Array;
  readonly prefixClickRates: Float32Array;
  /** How likely it is what the last search should have been without a slip: 1 for the likeliest text, 1/2 for the second; 0 for all others. */
  readonly slipCorrections: Float32Array;

  constructor(capacity: number) {
    this.capacity = capacity;
    this.ids = new Int32Array(capacity);
    this.sources = new Uint16Array(capacity);
    this.places = new Uint16Array(capacity);
    this.popularity = new Float32Array(capacity);
    this.mergedPopularity = new Float32Array(capacity);
    this.readingBits = new Float32Array(capacity);
    this.bytes = new Uint16Array(capacity);
    this.termCounts = new Uint8Array(capacity);
    this.terms = new Int32Array(capacity * MOST_TERMS_READ);
    this.scripts = new Uint8Array(capacity);
    this.languages = new Uint8Array(capacity);
    this.themes = new Int32Array(capacity * MOST_THEMES_READ);
    this.themeShares = new Float32Array(capacity * MOST_THEMES_READ);
    this.history = new Int16Array(capacity);
    this.followUp = new Float32Array(capacity);
    this.video = new Float32Array(capacity);
    this.hourCounts = new Float32Array(capacity);
    this.dayCounts = new Float32Array(capacity);
    this.weekCounts = new Float32Array(capacity);
    this.rise = new Float32Array(capacity);
    this.novelty = new Float32Array(capacity);
    this.clickRates = new Float32Array(capacity);
    this.prefixClickRates = new Float32Array(capacity);
    this.slipCorrections = new Float32Array(capacity);
  }

  /** Adds a row of which nothing is known but its completion and source; gives its number, or NONE when the table is full. */
  add(id: number, source: number): number {
    if (this.size === this.capacity) return NONE;
    const row = this.size++;
    this.reset(row, id, source);
    return row;
  }

  /** Makes a row one of which nothing is known but its completion and source. */
  reset(row: number, id: number, source: number): void {
    this.ids[row] = id;
    this.sources[row] = source;
    this.places[row] = row;
    this.popularity[row] = LEAST_LOG;
    this.mergedPopularity[row] = LEAST_LOG;
    this.readingBits[row] = 0;
    this.bytes[row] = 0;
    this.termCounts[row] = 0;
    this.scripts[row] = 0;
    this.languages[row] = 0;
    this.themes.fill(NONE, row * MOST_THEMES_READ, (row + 1) * MOST_THEMES_READ);
    this.themeShares.fill(0, row * MOST_THEMES_READ, (row + 1) * MOST_THEMES_READ);
    this.history[row] = NONE;
    this.followUp[row] = LEAST_LOG;
    this.video[row] = LEAST_LOG;
    this.hourCounts[row] = 0;
    this.dayCounts[row] = 0;
    this.weekCounts[row] = 0;
    this.rise[row] = 0;
    this.novelty[row] = 0;
    this.clickRates[row] = 0;
    this.prefixClickRates[row] = 0;
    this.slipCorrections[row] = 0;
  }

  /** Adds a copy of a row of another table; gives its number, or NONE when the table is full. */
  addCopy(from: CandidateTable, source: number): number {
    if (this.size === this.capacity) return NONE;
    const row = this.size++;
    this.ids[row] = from.ids[source]!;
    this.sources[row] = from.sources[source]!;
    this.places[row] = from.places[source]!;
    this.popularity[row] = from.popularity[source]!;
    this.readingBits[row] = from.readingBits[source]!;
    this.copyFacts(from, source, row);
    this.history[row] = from.history[source]!;
    this.followUp[row] = from.followUp[source]!;
    this.video[row] = from.video[source]!;
    this.hourCounts[row] = from.hourCounts[source]!;
    this.dayCounts[row] = from.dayCounts[source]!;
    this.clickRates[row] = from.clickRates[source]!;
    this.prefixClickRates[row] = from.prefixClickRates[source]!;
    this.slipCorrections[row] = from.slipCorrections[source]!;
    return row;
  }

  /** Copies what a snapshot knows of the completion of a row of another table, whoever asks for whatever text. */
  copyFacts(from: CandidateTable, source: number, row: number): void {
    this.mergedPopularity[row] = from.mergedPopularity[source]!;
    this.bytes[row] = from.bytes[source]!;
    this.copyTerms(from, source, row);
    this.scripts[row] = from.scripts[source]!;
    this.languages[row] = from.languages[source]!;
    for (let i = 0; i < MOST_THEMES_READ; i++) {
      this.themes[row * MOST_THEMES_READ + i] = from.themes[source * MOST_THEMES_READ + i]!;
      this.themeShares[row * MOST_THEMES_READ + i] =
        from.themeShares[source * MOST_THEMES_READ + i]!;
    }
    this.weekCounts[row] = from.weekCounts[source]!;
    this.rise[row] = from.rise[source]!;
    this.novelty[row] = from.novelty[source]!;
  }

  /** Copies the terms of a row of another table, and their number, to one of this. */
  copyTerms(from: CandidateTable, source: number, row: number): void {
    const count = from.termCounts[source]!;
    this.termCounts[row] = count;
    const read = Math.min(count, MOST_TERMS_READ);
    for (let i = 0; i < read; i++) {
      this.terms[row * MOST_TERMS_READ + i] = from.terms[source * MOST_TERMS_READ + i]!;
    }
  }

  clear(): this {
    this.size = 0;
    return this;
  }
}
