import { AskerRows } from './asker-rows.ts';
import type { CandidateBlock } from './candidate-block.ts';
import { CompletionRows } from './completion-rows.ts';
import { addFreshTexts, type FreshSource } from './fresh-texts.ts';
import type { LiveColumns } from './live-columns.ts';
import { addCorrections, addOwnSearches, noteHistory } from './own-searches.ts';
import type { Asker } from './personal-request.ts';
import { NO_SESSION, type SessionMemo } from './session-memory.ts';
import { addLeads, noteSession } from './session-rows.ts';
import type { SnapshotFace } from './snapshot-face.ts';
import {
  addVideoQueries,
  NO_VIDEO,
  noteVideo,
  type VideoLeads,
  type VideoSource,
  videoLeads,
} from './video-rows.ts';

/** What is outside the snapshot and may be suggested; null where nothing of the kind is known. */
export interface LiveCandidates {
  readonly videos: VideoSource | null;
  readonly fresh: FreshSource | null;
}

/** What who asks makes of the candidates for anybody, one request at a time: the rows that they add, and those of which something is known to them. */
export class Generation {
  readonly rows = new AskerRows();
  readonly #live: LiveCandidates;
  readonly #columns: LiveColumns;
  readonly #completions: CompletionRows;
  #video: VideoLeads = NO_VIDEO;
  #session: SessionMemo = NO_SESSION;

  constructor(live: LiveCandidates, columns: LiveColumns) {
    this.#live = live;
    this.#columns = columns;
    this.#completions = new CompletionRows(this.rows, columns);
  }

  /** Adds the rows of who asks. */
  generate(face: SnapshotFace, block: CandidateBlock, asker: Asker, nowMs: number): void {
    const { rows } = this;
    const { fresh, videos } = this.#live;
    const { owner, slip, queries, video } = asker;
    const { choice } = block.found;
    const completions = this.#completions;
    rows.begin(block);
    completions.begin(face, choice, nowMs);
    this.#session = face.sessions.sessionOf(queries, choice);
    if (fresh !== null) addFreshTexts(face, block, fresh, rows);
    if (owner !== null) addOwnSearches(block, owner, rows, completions);
    if (slip !== null) addCorrections(face, block, slip, rows, completions);
    this.#video =
      videos === null || video === null
        ? NO_VIDEO
        : videoLeads(face.segment, videos.propose(video, choice));
    if (block.test?.isPossible === true) {
      addLeads(block, this.#session, rows, completions);
      addVideoQueries(block, this.#video, rows, completions);
    }
    rows.close();
  }

  /** Notes what is known of candidates to who asks. @returns how much likelier each theme is in their session than by itself; null where nothing is known of it */
  note(block: CandidateBlock, asker: Asker): Float32Array | null {
    const { rows } = this;
    if (asker.owner !== null) noteHistory(asker.owner, rows);
    noteVideo(this.#video, asker.isOnScreen, rows);
    this.#columns.noteRatesAfter(block, rows);
    noteSession(this.#session, rows);
    return this.#session.lifts;
  }
}
