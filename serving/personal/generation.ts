import type { CompletionId } from '../../indexer/segment/completion-id.ts';
import { brandCompletion } from '../../indexer/segment/completion-id.ts';
import {
  type CandidateTable,
  FROM_FRESH,
  FROM_HISTORY,
  FROM_INFIX,
  FROM_PREFIX,
  FROM_SCRIPT,
  FROM_SESSION,
  FROM_SYNONYM,
  FROM_TYPO,
  FROM_VIDEO,
  LEAST_LOG,
  MOST_TERMS_READ,
  NO_COMPLETION,
  NONE,
} from '../../ranking/features/candidate-table.ts';
import type { Placed } from '../retrieval/answer-assembly.ts';
import type { FoundSuggestions } from '../retrieval/engine.ts';
import { sourceOf } from '../retrieval/interpretation/alternative.ts';
import type { MarketChoice } from '../retrieval/market-choice.ts';
import { logScoreOf } from '../retrieval/view-score.ts';
import type { FreshCandidate } from '../surfaces/live/fresh-candidate.ts';
import { bytesOf, type OwnForm, termsOf } from './own-form.ts';
import type { Asker } from './personal-request.ts';
import { RowIndex } from './row-index.ts';
import type { SnapshotFace } from './snapshot-face.ts';
import { PrefixTest, TextTest } from './typed-test.ts';

/** Candidates of one request. */
export const MOST_CANDIDATES = 200;
/** Of them, at most so many by each of the ways beside matching what is typed. */
const MOST_OWN = 48;
const MOST_LEADS = 32;
const MOST_OF_VIDEO = 16;
const MOST_FRESH = 16;
/** The place of what the order of popularity has not met. */
const UNPLACED = 60_000;

const READ_SOURCES = { typo: FROM_TYPO, script: FROM_SCRIPT, synonym: FROM_SYNONYM } as const;

/** A completion that a viewer of a video may search. */
interface ProposedQuery {
  readonly id: number;
  /** How unlikely that is. */
  readonly bits: number;
}

/** What is outside the snapshot and may be suggested. */
export interface LiveCandidates {
  /** What a viewer of a video searches, likeliest first; null where videos are not known. */
  readonly videos: {
    propose(video: string, choice: MarketChoice): readonly ProposedQuery[];
  } | null;
  /** Texts that enough people search now and the snapshot lacks; null where none are known. */
  readonly fresh: {
    find(typed: string, choice: MarketChoice, limit: number): readonly FreshCandidate[];
  } | null;
}

/** A candidate that is no completion. */
export interface TextCandidate {
  readonly normalised: string;
  readonly surface: string;
  readonly kind: 'query' | 'entity';
}

/** The candidates of one request at a time: what is answered to anybody, what else matches, and what who asks is likely to mean. */
export class Generation {
  readonly candidates: CandidateTable;
  readonly rows = new RowIndex(MOST_CANDIDATES);
  /** By row: the slot of an answer to anybody; undefined for other rows. */
  readonly slots: (Placed | undefined)[] = [];
  /** By row: the text of what is no completion. */
  readonly texts: (TextCandidate | undefined)[] = [];
  /** By row: the row of the snapshot's blocks that knows it already; NONE for others. */
  readonly blockRows = new Int32Array(MOST_CANDIDATES);
  /** What the video of the request proposes, likeliest first. */
  proposed: readonly ProposedQuery[] = [];
  readonly #live: LiveCandidates;
  readonly #infixPlaces: number[] = [];

  constructor(candidates: CandidateTable, live: LiveCandidates) {
    this.candidates = candidates;
    this.#live = live;
  }

  /** Fills the table anew. @returns what was found for anybody, with the matchers that further rows were found by */
  generate(
    face: SnapshotFace,
    typed: string,
    options: { readonly limit: number; readonly market: string },
    asker: Asker,
  ): FoundSuggestions {
    this.candidates.clear();
    this.rows.clear();
    this.slots.length = 0;
    this.texts.length = 0;
    this.proposed = [];
    const found = face.engine.find(typed, options);
    if (found.normalised === '') return found;
    for (const slot of found.placed) this.#addSlot(slot);
    const base = this.candidates.size;
    this.#addFresh(face, found);
    this.#addOwn(face, found, asker);
    if (asker.slip !== null) this.#addCorrections(face, found, asker.slip);
    const test = new PrefixTest(face.segment, found.normalised);
    this.proposed = this.#propose(found.choice, asker);
    if (test.isPossible) {
      this.#addLeads(face, found.choice, asker, test);
      this.#addVideo(face, found.choice, test);
    }
    return this.#addFurther(face, found, base);
  }

  #add(id: number, source: number): number {
    const row = this.candidates.add(id, source);
    if (row === NONE) return row;
    if (id !== NO_COMPLETION) this.rows.put(id, row);
    this.candidates.places[row] = UNPLACED;
    this.blockRows[row] = NONE;
    return row;
  }

  #addSlot(slot: Placed): void {
    const { id, logScore } = slot.candidate;
    const isRead = slot.kind === 'read';
    const source = isRead
      ? READ_SOURCES[sourceOf(slot.candidate.ways)]
      : slot.kind === 'prefix'
        ? FROM_PREFIX
        : FROM_INFIX;
    const row = this.#add(id, source);
    if (row === NONE) return;
    this.slots[row] = slot;
    this.candidates.places[row] = row;
    this.candidates.popularity[row] = logScore;
    if (isRead) this.candidates.readingBits[row] = slot.candidate.bits;
  }

  #addText(text: TextCandidate, source: number, terms: Int32Array, bytes: number): number {
    const row = this.#add(NO_COMPLETION, source);
    if (row === NONE) return row;
    const { candidates } = this;
    this.texts[row] = text;
    candidates.bytes[row] = bytes;
    candidates.termCounts[row] = Math.min(255, terms.length);
    const read = Math.min(terms.length, MOST_TERMS_READ);
    for (let i = 0; i < read; i++) candidates.terms[row * MOST_TERMS_READ + i] = terms[i]!;
    return row;
  }

  /** Where they stand for anybody: among the direct matches by score, or behind them where nothing may come between. */
  #addFresh({ segment, manifest }: SnapshotFace, { choice, normalised }: FoundSuggestions): void {
    const { fresh } = this.#live;
    if (fresh === null) return;
    const { candidates } = this;
    const base = candidates.size;
    for (const text of fresh.find(normalised, choice, MOST_FRESH)) {
      const source = FROM_FRESH | (text.match.kind === 'prefix' ? FROM_PREFIX : FROM_INFIX);
      const terms = termsOf(segment, text.normalised);
      const row = this.#addText(text, source, terms, bytesOf(text.normalised));
      if (row === NONE) return;
      candidates.popularity[row] = text.logScore;
      candidates.places[row] = row;
      if (manifest.group === 'none' || text.match.kind !== 'prefix') continue;
      let place = row;
      while (
        place > 0 &&
        candidates.popularity[rowAt(candidates, base, place - 1, row)]! < text.logScore
      ) {
        candidates.places[rowAt(candidates, base, place - 1, row)]! += 1;
        place--;
      }
      candidates.places[row] = place;
    }
  }

  /** The user's own searches, newest first; what holds the typed words elsewhere takes the places that are left by what begins with them. */
  #addOwn({ segment }: SnapshotFace, { choice, normalised }: FoundSuggestions, asker: Asker): void {
    const { owner } = asker;
    if (owner === null) return;
    const { forms } = owner;
    const test = new TextTest(normalised);
    const infix = this.#infixPlaces;
    infix.length = 0;
    let left = MOST_OWN;
    for (let place = 0; place < forms.length && left > 0; place++) {
      const holding = test.holds(forms[place]!.padded);
      if (holding === 'prefix') {
        left -= this.#addOwnAt(segment, choice, owner, place, FROM_HISTORY | FROM_PREFIX);
      } else if (holding === 'infix') infix.push(place);
    }
    for (let i = 0; i < infix.length && left > 0; i++) {
      left -= this.#addOwnAt(segment, choice, owner, infix[i]!, FROM_HISTORY | FROM_INFIX);
    }
  }

  /** @returns how many rows were added: none for what is a candidate already */
  #addOwnAt(
    segment: SnapshotFace['segment'],
    choice: MarketChoice,
    { forms, queries }: NonNullable<Asker['owner']>,
    place: number,
    source: number,
  ): number {
    const { candidates } = this;
    const form = forms[place]!;
    const known = form.id < 0 ? this.#rowOfText(form.normalised) : this.rows.find(form.id);
    if (known !== NONE) candidates.sources[known]! |= source;
    const row =
      known === NONE ? this.#addOwnForm(segment, choice, queries[place]!, form, source) : known;
    if (row !== NONE && candidates.history[row] === NONE) candidates.history[row] = place;
    return known === NONE && row !== NONE ? 1 : 0;
  }

  #addOwnForm(
    segment: SnapshotFace['segment'],
    choice: MarketChoice,
    query: { readonly normalised: string; readonly surface: string },
    form: OwnForm,
    source: number,
  ): number {
    if (form.id >= 0) {
      if (form.inMarket?.market !== choice.market) {
        const popularity = popularityIn(segment, choice, brandCompletion(form.id));
        form.inMarket = { market: choice.market, popularity };
      }
      return this.#addCompletion(form.id, source, form.inMarket.popularity);
    }
    const { normalised, surface } = query;
    return this.#addText({ normalised, surface, kind: 'query' }, source, form.terms, form.bytes);
  }

  #addCompletion(id: number, source: number, popularity: number): number {
    const row = this.#add(id, source);
    if (row !== NONE) this.candidates.popularity[row] = popularity;
    return row;
  }

  /** What the search made just now should have been without a slip. */
  #addCorrections(
    { segment, slips }: SnapshotFace,
    { choice, normalised }: FoundSuggestions,
    slip: string,
  ): void {
    const typed = ` ${normalised}`;
    slips.correct(slip, choice).forEach((form, place) => {
      if (!form.padded.startsWith(typed)) return;
      const source = FROM_SESSION | FROM_PREFIX;
      let row = form.id < 0 ? this.#rowOfText(form.normalised) : this.rows.find(form.id);
      if (row === NONE) row = this.#addOwnForm(segment, choice, textOf(form), form, source);
      else this.candidates.sources[row]! |= source;
      if (row !== NONE) this.candidates.slipCorrections[row] = 1 / (1 + place);
    });
  }

  #addLeads(face: SnapshotFace, choice: MarketChoice, { queries }: Asker, test: PrefixTest): void {
    const { segment } = face;
    let added = 0;
    face.leads.visit(queries, choice, ({ ids, firstTerms, popularity }) => {
      for (let i = 0; i < ids.length && added < MOST_LEADS; i++) {
        const id = ids[i]!;
        if (!test.mayHold(firstTerms[i]!) || !test.holds(id)) continue;
        const row = this.rows.find(id);
        if (row !== NONE) {
          this.candidates.sources[row]! |= FROM_SESSION;
          continue;
        }
        if (Number.isNaN(popularity[i]!)) {
          popularity[i] = popularityIn(segment, choice, brandCompletion(id));
        }
        const source = FROM_SESSION | FROM_PREFIX;
        if (this.#addCompletion(id, source, popularity[i]!) !== NONE) added++;
      }
    });
  }

  #propose(choice: MarketChoice, { video }: Asker): readonly ProposedQuery[] {
    const { videos } = this.#live;
    return videos === null || video === null ? [] : videos.propose(video, choice);
  }

  #addVideo(face: SnapshotFace, choice: MarketChoice, test: PrefixTest): void {
    let added = 0;
    for (const { id } of this.proposed) {
      if (added === MOST_OF_VIDEO) return;
      if (!test.holds(id)) continue;
      const row = this.rows.find(id);
      if (row !== NONE) this.candidates.sources[row]! |= FROM_VIDEO;
      else {
        const popularity = popularityIn(face.segment, choice, brandCompletion(id));
        if (this.#addCompletion(id, FROM_VIDEO | FROM_PREFIX, popularity) !== NONE) added++;
      }
    }
  }

  #addFurther(face: SnapshotFace, found: FoundSuggestions, base: number): FoundSuggestions {
    const { choice, normalised } = found;
    const facts = { trends: face.trendsOf(choice.market), languages: face.languages };
    const block = face.blocks.blockOf(choice, normalised, facts, found.matchers);
    const { first, prefixEnd, infixEnd, matchers } = block;
    const place = this.#addBlock(face, FROM_PREFIX, first, prefixEnd, base + MOST_FRESH);
    if (this.candidates.size < this.candidates.capacity) {
      this.#addBlock(face, FROM_INFIX, prefixEnd, infixEnd, place);
    }
    return matchers === null ? found : { ...found, matchers };
  }

  /** Adds the rows `from … to - 1` of the blocks, whose places are from `place` on; gives the place after them. */
  #addBlock(
    { blocks }: SnapshotFace,
    source: number,
    from: number,
    to: number,
    place: number,
  ): number {
    const { candidates, rows, blockRows } = this;
    const { ids, popularity } = blocks.table;
    let next = place;
    for (let known = from; known < to; known++) {
      const id = ids[known]!;
      let row = rows.find(id);
      if (row === NONE) {
        row = this.#add(id, source);
        if (row === NONE) continue;
        candidates.popularity[row] = popularity[known]!;
      } else if (source === FROM_PREFIX || (candidates.sources[row]! & FROM_PREFIX) === 0) {
        // What begins with the text holds its terms as well, and says so no more.
        candidates.sources[row] = candidates.sources[row]! | source;
      }
      blockRows[row] = known;
      if (candidates.places[row] === UNPLACED) candidates.places[row] = next++;
    }
    return next;
  }

  #rowOfText(normalised: string): number {
    for (let row = 0; row < this.texts.length; row++) {
      if (this.texts[row]?.normalised === normalised) return row;
    }
    return NONE;
  }
}

/** A text that nobody wrote so is shown as it is normalised. */
function textOf({ normalised }: { readonly normalised: string }): {
  readonly normalised: string;
  readonly surface: string;
} {
  return { normalised, surface: normalised };
}

/** The row at a place of the order for anybody, among the rows that have one so far. */
function rowAt({ places }: CandidateTable, base: number, place: number, rows: number): number {
  if (place < base && places[place] === place) return place;
  for (let row = 0; row < rows; row++) if (places[row] === place) return row;
  return place;
}

/** log2 of a completion's score in the market; LEAST_LOG for one that is not of it. */
function popularityIn(
  segment: SnapshotFace['segment'],
  { views }: MarketChoice,
  id: CompletionId,
): number {
  let most = LEAST_LOG;
  for (const view of views) {
    const rank = view.rankOf(id);
    if (rank >= 0) most = Math.max(most, logScoreOf(segment, view, rank));
  }
  return most;
}
