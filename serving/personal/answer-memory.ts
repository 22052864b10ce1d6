import type { EventListener } from '../events/event-listener.ts';
import { RecentMap } from '../recent-map.ts';
import type { FeatureRows } from '../served/feature-rows.ts';
import type { LoadedSnapshot } from '../snapshot/snapshot-source.ts';
import type { ProfileReading } from './profile-source.ts';

/** An answer is given again for so long at most: what fades with time is as of then. */
const MOST_AGE_MS = 2_000;
const MOST_BYTES = 32 * 1024 * 1024;
/** Far more than the bytes allow; most answers take kilobytes. */
const MOST_ANSWERS = 65_536;
/** What an answer takes besides its text and its features. */
const LEAST_BYTES = 512;

/** What ranked an answer, and the features of its suggestions as it saw them: to be asked for first before another answer is made and before any event is told. */
export interface Ranked extends FeatureRows {
  readonly ranker: string;
}

/** A personal answer as it is sent. */
export interface WrittenAnswer {
  /** What is sent behind the request id. */
  readonly tail: string;
  /** Of what was typed. */
  readonly normalised: string;
  readonly ranked: Ranked;
}

/** What is asked for. */
export interface AnswerQuestion {
  readonly video: string | null;
  readonly text: string;
  readonly limit: number;
  readonly market: string;
  readonly contextAsked: boolean;
}

/** What an answer comes from besides its question, the events and the time: the same objects and numbers make the same answer. */
export interface AnswerSources {
  readonly snapshot: LoadedSnapshot;
  /** Of synonyms and stop words beside the snapshot's. */
  readonly lexicon: number;
  readonly reading: ProfileReading;
}

interface Remembered {
  readonly written: WrittenAnswer;
  readonly sources: AnswerSources;
  /** Of the reading, which changes. */
  readonly revision: number;
  readonly heard: number;
  readonly atMs: number;
}

/**
 * Personal answers that may be asked for again at once: a key taken back, a request tried again, two bars on a page. After an accepted event, whosever it is, none from before is given
 * again: it may have changed counts, rates or videos that any of them comes from. In memory, bounded in bytes, for seconds.
 */
export class AnswerMemory implements EventListener {
  readonly name = 'answers';
  hits = 0;
  misses = 0;
  readonly #answers: RecentMap<Remembered>;
  #heard = 0;
  #agedMs = Number.NEGATIVE_INFINITY;

  constructor(mostBytes = MOST_BYTES) {
    this.#answers = new RecentMap({ entries: MOST_ANSWERS, size: mostBytes });
  }

  get sizeBytes(): number {
    return this.#answers.size;
  }

  get entryCount(): number {
    return this.#answers.entryCount;
  }

  apply(): void {
    this.#heard++;
  }

  /** The answer that was given before; null where there is none, or it might be another by now. */
  recall(key: string, sources: AnswerSources, nowMs: number): WrittenAnswer | null {
    const known = this.#answers.get(key);
    if (known === undefined || !this.#holds(known, sources, nowMs)) {
      this.misses++;
      return null;
    }
    this.hits++;
    return known.written;
  }

  remember(key: string, written: WrittenAnswer, sources: AnswerSources, nowMs: number): void {
    // Whatever is older than that is no use, and may be of somebody who is gone.
    if (!(nowMs - this.#agedMs < MOST_AGE_MS)) {
      this.#answers.age();
      this.#agedMs = nowMs;
    }
    const { tail, ranked } = written;
    const bytes = LEAST_BYTES + tail.length + 2 * key.length + ranked.featureBytes;
    const { revision } = sources.reading;
    this.#answers.set(key, { written, sources, revision, heard: this.#heard, atMs: nowMs }, bytes);
  }

  clear(): void {
    this.#answers.clear();
  }

  #holds({ sources, revision, heard, atMs }: Remembered, now: AnswerSources, nowMs: number) {
    return (
      heard === this.#heard &&
      sources.reading === now.reading &&
      revision === now.reading.revision &&
      sources.snapshot === now.snapshot &&
      sources.lexicon === now.lexicon &&
      nowMs >= atMs &&
      nowMs - atMs < MOST_AGE_MS
    );
  }
}

/**
 * No two questions have the same: hashes have one length, and what may hold any character comes with its length or last.
 *
 * @param owner hash of the user, or of the session of somebody who names no user
 * @param session hash of the session; null for none
 */
export function answerMemoryKey(
  { video, text, limit, market, contextAsked }: AnswerQuestion,
  owner: string,
  session: string | null,
): string {
  const shown = video === null ? '-' : `${video.length}:${video}`;
  return `${owner}${session ?? ''} ${contextAsked ? -limit : limit} ${market} ${shown} ${text}`;
}
