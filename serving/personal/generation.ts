import { NONE } from '../../ranking/features/candidate-table.ts';
import { AskerRows } from './asker-rows.ts';
import type { CandidateBlock } from './candidate-block.ts';
import { CompletionRows } from './completion-rows.ts';
import { addFreshTexts, type FreshSource } from './fresh-texts.ts';
import type { LiveColumns } from './live-columns.ts';
import { addCorrections, addOwnSearches, noteHistory } from './own-searches.ts';
import type { Asker } from './personal-request.ts';
import type { SessionMemo } from './session-memory.ts';
import { addLeads, noteSession } from './session-rows.ts';
import type { SnapshotFace } from './snapshot-face.ts';
import { addVideoQueries, noteVideo, type ProposedQuery, type VideoSource } from './video-rows.ts';

/** What is outside the snapshot and may be suggested; null where nothing of the kind is known. */
export interface LiveCandidates {
  readonly videos: VideoSource | null;
  readonly fresh: FreshSource | null;
}

const NO_SESSION: SessionMemo = { leads: [], weights: [], lifts: null };
const NOTHING_PROPOSED: readonly ProposedQuery[] = [];

/** What who asks makes of the candidates for anybody, one request at a time: the rows that they add, and those of which something is known to them. */
export class Generation {
  readonly rows = new AskerRows();
  readonly #live: LiveCandidates;
  readonly #columns: LiveColumns;
  #proposed = NOTHING_PROPOSED;
  #session: SessionMemo = NO_SESSION;

  constructor(live: LiveCandidates, columns: LiveColumns) {
    this.#live = live;
    this.#columns = columns;
  }

  /** Adds the rows of who asks. */
  generate(face: SnapshotFace, block: CandidateBlock, asker: Asker, nowMs: number): void {
    const { rows } = this;
    const { fresh, videos } = this.#live;
    const { owner, slip, queries, video } = asker;
    rows.begin(block);
    this.#session = face.sessions.sessionOf(queries, block.found.choice);
    const completions = new CompletionRows(face, block, rows, this.#columns, nowMs);
    if (fresh !== null) addFreshTexts(face, block, fresh, rows);
    if (owner !== null) addOwnSearches(block, owner, rows, completions);
    if (slip !== null) addCorrections(face, block, slip, rows, completions);
    const isProposed = videos !== null && video !== null;
    this.#proposed = isProposed ? videos.propose(video, block.found.choice) : NOTHING_PROPOSED;
    if (block.test?.isPossible === true) {
      addLeads(block, this.#session, rows, completions);
      addVideoQueries(block, this.#proposed, rows, completions);
    }
    rows.close();
  }

  /** Notes what is known of candidates to who asks. @returns how much likelier each theme is in their session than by itself; null where nothing is known of it */
  note(block: CandidateBlock, asker: Asker): Float32Array | null {
    const { rows } = this;
    if (asker.owner !== null) noteHistory(asker.owner, rows);
    noteVideo(this.#proposed, asker.isOnScreen, rows);
    this.#columns.visitRatesAfter(block, (id, rate) => {
      const row = rows.findOther(id);
      if (row !== NONE) rows.table.prefixClickRates[row] = rate;
    });
    noteSession(this.#session, rows);
    return this.#session.lifts;
  }
}
