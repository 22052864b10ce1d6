import type { FeatureStore, StoredFeature } from '../../ranking/feature-store/feature-store.ts';
import type { KeptProfile } from './kept-profile.ts';
import { PROFILES } from './stored-profile.ts';
import { decodeWatermark, encodeWatermark, WATERMARKS } from './watermark.ts';

/** Profiles that are written at once. */
const BATCH = 256;
/** Times that a profile which others write to as well is tried before the next flush. */
const ROUNDS = 4;

export interface FlushListener {
  /** Whether what is known of a profile still holds. */
  readonly isWanted: (kept: KeptProfile) => boolean;
  readonly onWritten: (kept: KeptProfile, records: number) => void;
  /** Another writing came before: this is there now. */
  readonly onConflict: (kept: KeptProfile, stored: StoredFeature | null) => void;
}

interface Mark {
  readonly end: number;
  readonly version: number;
}

/**
 * Writes changed profiles, and then the watermark: in this order, so that after a crash between the two the replay begins too early, never too late. Also finds out, by the
 * watermark, that a store has lost what was written. Everything rejects as the store does.
 */
export class ProfileFlush {
  static readonly batch = BATCH;
  readonly #store: FeatureStore;
  readonly #logId: string;
  /** As it was written, or read, last. */
  #mark: Mark | null = null;

  constructor({ store, logId }: { readonly store: FeatureStore; readonly logId: string }) {
    this.#store = store;
    this.#logId = logId;
  }

  /** Up to where the log is folded, as far as is known here; -1 for nothing. */
  get markedEnd(): number {
    return this.#mark?.end ?? -1;
  }

  /** Up to where the log is folded into what the store has; 0 for nothing. */
  async readMark(): Promise<number> {
    this.#mark = await this.#storedMark();
    return this.#mark?.end ?? 0;
  }

  /** Whether the store has what it had. An embedded one is not asked: it does not begin anew behind our back. */
  async checkMark(): Promise<'there' | 'lost'> {
    if (this.#mark === null || this.#store.getNow !== undefined) return 'there';
    const stored = await this.#storedMark();
    if (stored === null || stored.end < this.#mark.end) return 'lost';
    // A writing of which no answer came may have arrived.
    this.#mark = stored;
    return 'there';
  }

  /** Moves the watermark on. */
  async writeMark(end: number): Promise<'there' | 'lost'> {
    if (this.#mark !== null && end <= this.#mark.end) return 'there';
    const [version] = await this.#store.write(WATERMARKS, [
      { key: this.#logId, bytes: encodeWatermark(end), expected: this.#mark?.version ?? null },
    ]);
    if (version != null) {
      this.#mark = { end, version };
      return 'there';
    }
    const stored = await this.#storedMark();
    const isLost = stored === null || stored.end < this.markedEnd;
    this.#mark = stored;
    return isLost ? 'lost' : 'there';
  }

  async writeProfiles(kept: readonly KeptProfile[], listener: FlushListener): Promise<void> {
    for (let at = 0; at < kept.length; at += BATCH) {
      let batch = kept.slice(at, at + BATCH);
      for (let round = 0; round < ROUNDS && batch.length > 0; round++) {
        batch = await this.#writeBatch(batch.filter(listener.isWanted), listener);
      }
    }
  }

  /** The profiles that others wrote first, with their records folded into what was there. */
  async #writeBatch(
    batch: readonly KeptProfile[],
    listener: FlushListener,
  ): Promise<KeptProfile[]> {
    if (batch.length === 0) return [];
    const writings = batch.map((kept) => kept.prepare());
    const versions = await this.#store.write(
      PROFILES,
      writings.map(({ kept, bytes }) => ({ key: kept.user, bytes, expected: kept.version })),
    );
    const refused: KeptProfile[] = [];
    for (const [i, writing] of writings.entries()) {
      const version = versions[i] ?? null;
      if (version === null) {
        refused.push(writing.kept);
        continue;
      }
      writing.kept.confirm(writing, version);
      listener.onWritten(writing.kept, writing.records);
    }
    if (refused.length === 0) return [];
    const stored = await this.#store.getMany(
      PROFILES,
      refused.map(({ user }) => user),
    );
    for (const [i, kept] of refused.entries()) listener.onConflict(kept, stored[i] ?? null);
    return refused.filter(({ pending }) => pending > 0);
  }

  async #storedMark(): Promise<Mark | null> {
    const stored = await this.#store.get(WATERMARKS, this.#logId);
    return stored === null ? null : { end: decodeWatermark(stored.bytes), version: stored.version };
  }
}
