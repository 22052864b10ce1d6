import { type CandidateTable, LEAST_LOG, NONE } from '../../ranking/features/candidate-table.ts';
import type { MarketChoice } from '../retrieval/market-choice.ts';
import { copyFacts, readFacts } from './candidate-facts.ts';
import type { ClickRates } from './click-rates.ts';
import type { Generation } from './generation.ts';
import { HALF_LIVES_MS, type LiveCounts } from './live-counts.ts';
import type { Asker } from './personal-request.ts';
import type { SnapshotFace } from './snapshot-face.ts';

/** A video that is no longer on screen says so much less of what is searched next. */
const OFF_SCREEN_BITS = 4;

/** What is counted live. */
export interface LiveStates {
  readonly counts: LiveCounts | null;
  readonly clicks: ClickRates | null;
}

/** What features read of a request, beside its columns. */
export interface HydrationTask {
  readonly choice: MarketChoice;
  /** Normalised. */
  readonly typed: string;
  readonly asker: Asker;
  readonly nowMs: number;
}

/** Fills the columns of generated candidates from the snapshot and from what is counted live. */
export class Hydration {
  readonly #states: LiveStates;
  readonly #chances: Float32Array;

  constructor(states: LiveStates, capacity: number) {
    this.#states = states;
    this.#chances = new Float32Array(capacity);
  }

  /** @returns how much likelier each theme is in the session than by itself; null where nothing is known of it */
  hydrate(face: SnapshotFace, generation: Generation, task: HydrationTask): Float32Array | null {
    const { candidates, blockRows } = generation;
    const { segment, blocks, languages } = face;
    const trends = face.trendsOf(task.choice.market);
    const facts = { trends, languages };
    for (let row = 0; row < candidates.size; row++) {
      const id = candidates.ids[row]!;
      if (id < 0) continue;
      const known = blockRows[row]!;
      if (known === NONE) readFacts(segment, facts, candidates, row, id);
      else copyFacts(blocks.table, known, candidates, row);
    }
    readHistory(generation, task.asker);
    if (trends !== null) fadeCounts(face, candidates, task.nowMs);
    this.#readCounts(candidates, task.nowMs);
    this.#readClicks(face, generation, task.typed);
    this.#readVideo(generation, task);
    return this.#readSession(face, generation, task);
  }

  #readCounts(candidates: CandidateTable, nowMs: number): void {
    const { counts } = this.#states;
    if (counts === null || counts.isEmpty) return;
    for (let row = 0; row < candidates.size; row++) {
      const id = candidates.ids[row]!;
      if (id < 0) continue;
      const count = counts.of(id);
      if (count === undefined) continue;
      // A week has seven days of 24 hours: what is left of one by half-lives of a day is the seventh power of that by a week's.
      const ofWeek = halved(Math.max(0, nowMs - count.atMs) / HALF_LIVES_MS[2]);
      const ofDay = ofWeek * ofWeek * ofWeek * ofWeek * ofWeek * ofWeek * ofWeek;
      candidates.weekCounts[row]! += count.week * ofWeek;
      candidates.dayCounts[row] = count.day * ofDay;
      const cube = ofDay * ofDay * ofDay;
      const square = cube * cube;
      candidates.hourCounts[row] = count.hour * square * square * square * square;
    }
  }

  #readClicks(face: SnapshotFace, { candidates, rows }: Generation, typed: string): void {
    const { clicks } = this.#states;
    if (clicks === null || clicks.isEmpty) return;
    for (let row = 0; row < candidates.size; row++) {
      const shown = face.shown(candidates.ids[row]!);
      if (shown === undefined) continue;
      if (shown.tally === undefined || shown.tally.isGone) shown.tally = clicks.tallyOf(shown.id);
      if (shown.tally !== undefined) candidates.clickRates[row] = clicks.rateOfTally(shown.tally);
    }
    const after = clicks.talliesAfter(typed);
    if (after === undefined) return;
    const { completions, tallies } = face.shownAfter(after);
    for (let i = 0; i < completions.length; i++) {
      const row = rows.find(completions[i]!);
      if (row !== NONE) candidates.prefixClickRates[row] = clicks.rateOfTally(tallies[i]!);
    }
  }

  #readVideo({ candidates, rows, proposed }: Generation, { asker }: HydrationTask): void {
    const penalty = asker.isOnScreen ? 0 : OFF_SCREEN_BITS;
    for (const { id, bits } of proposed) {
      const row = rows.find(id);
      if (row !== NONE) candidates.video[row] = Math.max(LEAST_LOG, -bits - penalty);
    }
  }

  #readSession(
    face: SnapshotFace,
    { candidates, rows }: Generation,
    { asker, choice }: HydrationTask,
  ): Float32Array | null {
    const chances = this.#chances.fill(0, 0, candidates.size);
    let themes: Float32Array | null = null;
    let total = 0;
    face.leads.visit(asker.queries, choice, (leads, weight) => {
      for (let i = 0; i < leads.ids.length; i++) {
        const row = rows.find(leads.ids[i]!);
        if (row !== NONE) chances[row] = chances[row]! + weight * leads.chances[i]!;
      }
      if (leads.themes === null) return;
      themes ??= new Float32Array(leads.themes.length);
      for (let theme = 0; theme < themes.length; theme++) {
        themes[theme]! += weight * leads.themes[theme]!;
      }
      total += weight;
    });
    for (let row = 0; row < candidates.size; row++) {
      const chance = chances[row]!;
      if (chance > 0) candidates.followUp[row] = Math.max(LEAST_LOG, Math.log2(chance));
    }
    return liftsOf(face, themes, total);
  }
}

/** Which candidates the user searched: the few searches are looked for among the candidates, not the other way round. */
function readHistory({ candidates, rows }: Generation, { owner }: Asker): void {
  if (owner === null) return;
  const { forms } = owner;
  // From the oldest: of two spellings of a completion the newer stays.
  for (let place = forms.length - 1; place >= 0; place--) {
    const { id } = forms[place]!;
    const row = id < 0 ? NONE : rows.find(id);
    if (row !== NONE) candidates.history[row] = place;
  }
}

/** Counts of the snapshot's week, as they are by now. */
function fadeCounts({ asOfMs }: SnapshotFace, candidates: CandidateTable, nowMs: number): void {
  const sinceMs = asOfMs === null ? 0 : Math.max(0, nowMs - asOfMs);
  const left = halved(sinceMs / HALF_LIVES_MS[2]);
  for (let row = 0; row < candidates.size; row++) candidates.weekCounts[row]! *= left;
}

/** What is left after so many half-lives; a third of the time of a power of 2. */
function halved(halfLives: number): number {
  return Math.exp(-Math.LN2 * halfLives);
}

function liftsOf(
  face: SnapshotFace,
  themes: Float32Array | null,
  total: number,
): Float32Array | null {
  if (themes === null) return null;
  for (let theme = 0; theme < themes.length; theme++) themes[theme] = themes[theme]! / total;
  return face.binder.anchors.liftsOfPosterior(themes);
}
