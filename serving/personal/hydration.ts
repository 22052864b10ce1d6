import { NO_THEME, THEMES_A_COMPLETION } from '../../indexer/segment/completion-themes.ts';
import type { Segment } from '../../indexer/segment/segment.ts';
import {
  type CandidateTable,
  LEAST_LOG,
  MOST_TERMS_READ,
  NONE,
} from '../../ranking/features/candidate-table.ts';
import type { MarketChoice } from '../retrieval/market-choice.ts';
import type { ClickRates } from './click-rates.ts';
import type { Generation, LiveCandidates } from './generation.ts';
import { HALF_LIVES_MS, type LiveCounts } from './live-counts.ts';
import type { Asker } from './personal-request.ts';
import { scriptOfBytes } from './script-code.ts';
import type { SnapshotFace } from './snapshot-face.ts';

/** Searches that an expectation is smoothed by. */
const SMOOTHING = 2;

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
  readonly #live: LiveCandidates;
  readonly #states: LiveStates;
  readonly #chances: Float32Array;

  constructor(live: LiveCandidates, states: LiveStates, capacity: number) {
    this.#live = live;
    this.#states = states;
    this.#chances = new Float32Array(capacity);
  }

  /** @returns how much likelier each theme is in the session than by itself; null where nothing is known of it */
  hydrate(face: SnapshotFace, generation: Generation, task: HydrationTask): Float32Array | null {
    const { candidates } = generation;
    const { segment } = face;
    const places = task.asker.owner?.places;
    for (let row = 0; row < candidates.size; row++) {
      const id = candidates.ids[row]!;
      if (id < 0) continue;
      candidates.mergedPopularity[row] = segment.logScores[id]!;
      readTerms(segment, candidates, row, id);
      readThemes(segment, candidates, row, id);
      if (places !== undefined) candidates.history[row] = places.get(id) ?? NONE;
    }
    this.#readCounts(face, candidates, task);
    this.#readClicks(face, candidates, task.typed);
    this.#readVideo(generation, task);
    return this.#readSession(face, generation, task);
  }

  #readCounts(face: SnapshotFace, candidates: CandidateTable, { choice, nowMs }: HydrationTask) {
    const { counts } = this.#states;
    const table = face.trendsOf(choice.market);
    const live = counts === null || counts.isEmpty ? null : counts;
    if (table === null && live === null) return;
    const [all, beforeAll] = table === null ? [0, 0] : [table.all.windows[2], table.all.before];
    const sinceMs = face.asOfMs === null ? 0 : Math.max(0, nowMs - face.asOfMs);
    const weekLeft = 2 ** (-sinceMs / HALF_LIVES_MS[2]);
    for (let row = 0; row < candidates.size; row++) {
      const id = candidates.ids[row]!;
      if (id < 0) continue;
      const late = table === null ? NONE : table.rowOf(id);
      if (table !== null && late >= 0) {
        const week = table.weekAt(late);
        const before = table.beforeAt(late);
        const expected = beforeAll > 0 ? (before * all) / beforeAll : before;
        candidates.weekCounts[row] = week * weekLeft;
        candidates.rise[row] = Math.log2((week + SMOOTHING) / (expected + SMOOTHING));
        candidates.novelty[row] = week / Math.max(1, week + before);
      }
      const count = live?.of(id);
      if (count === undefined) continue;
      const passedMs = Math.max(0, nowMs - count.atMs);
      candidates.hourCounts[row] = count.hour * 2 ** (-passedMs / HALF_LIVES_MS[0]);
      candidates.dayCounts[row] = count.day * 2 ** (-passedMs / HALF_LIVES_MS[1]);
      candidates.weekCounts[row]! += count.week * 2 ** (-passedMs / HALF_LIVES_MS[2]);
    }
  }

  #readClicks(face: SnapshotFace, candidates: CandidateTable, typed: string): void {
    const { clicks } = this.#states;
    if (clicks === null || clicks.isEmpty) return;
    for (let row = 0; row < candidates.size; row++) {
      const shown = face.shownId(candidates.ids[row]!);
      if (shown === undefined) continue;
      candidates.clickRates[row] = clicks.rateOf(shown);
      candidates.prefixClickRates[row] = clicks.rateAfter(typed, shown);
    }
  }

  #readVideo({ candidates, rows }: Generation, { asker, choice }: HydrationTask): void {
    const { videos } = this.#live;
    const { video, isOnScreen } = asker;
    if (videos === null || video === null) return;
    const penalty = isOnScreen ? 0 : OFF_SCREEN_BITS;
    for (const { id, bits } of videos.propose(video, choice)) {
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

function liftsOf(
  face: SnapshotFace,
  themes: Float32Array | null,
  total: number,
): Float32Array | null {
  if (themes === null) return null;
  for (let theme = 0; theme < themes.length; theme++) themes[theme] = themes[theme]! / total;
  return face.binder.anchors.liftsOfPosterior(themes);
}

function readTerms(
  { forward, terms }: Segment,
  candidates: CandidateTable,
  row: number,
  id: number,
): void {
  const start = forward.start(id);
  const count = forward.start(id + 1) - start;
  const first = row * MOST_TERMS_READ;
  let bytes = 0;
  for (let i = 0; i < count; i++) {
    const term = forward.termAt(start + i);
    bytes += terms.offsets[term + 1]! - terms.offsets[term]!;
    if (i < MOST_TERMS_READ) candidates.terms[first + i] = term;
  }
  const letter = terms.offsets[candidates.terms[first]!]!;
  candidates.bytes[row] = bytes;
  candidates.termCounts[row] = Math.min(255, count);
  candidates.scripts[row] = scriptOfBytes(terms.text[letter]!, terms.text[letter + 1] ?? 0);
}

function readThemes(
  { topics }: Segment,
  candidates: CandidateTable,
  row: number,
  id: number,
): void {
  if (topics === null) return;
  for (let i = 0; i < THEMES_A_COMPLETION; i++) {
    const theme = topics.best[THEMES_A_COMPLETION * id + i]!;
    if (theme === NO_THEME) return;
    candidates.themes[THEMES_A_COMPLETION * row + i] = theme;
    candidates.themeShares[THEMES_A_COMPLETION * row + i] = topics.shareAt(
      THEMES_A_COMPLETION * id + i,
    );
  }
}
