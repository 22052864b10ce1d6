import { LRUCache } from 'lru-cache';

/** Rough cost of an entry besides its bytes: the map's slot, the links, the headers of two strings. */
const ENTRY_OVERHEAD_BYTES = 256;

/**
 * Remembers written answers, without their request ids, of one snapshot and one version of the synonyms and stop words beside it. It is
 * made anew for every other, so that no answer outlives what it came from.
 */
export class AnswerCache {
  readonly #entries: LRUCache<string, string>;

  /** `capacityBytes` bounds keys, values and an estimate of the overhead together. */
  constructor(capacityBytes: number) {
    this.#entries = new LRUCache<string, string>({
      maxSize: capacityBytes,
      // An answer that would push out a good part of the others is not kept.
      maxEntrySize: Math.max(1, Math.floor(capacityBytes / 16)),
      sizeCalculation: (tail, key) => tail.length + 2 * key.length + ENTRY_OVERHEAD_BYTES,
    });
  }

  get(key: string): string | undefined {
    return this.#entries.get(key);
  }

  set(key: string, tail: string): void {
    this.#entries.set(key, tail);
  }

  get sizeBytes(): number {
    return this.#entries.calculatedSize;
  }

  get entryCount(): number {
    return this.#entries.size;
  }
}

/** Tells apart all requests whose answers differ; `market` is the one that is used, not the one asked for. */
export function answerKey(
  text: string,
  limit: number,
  market: string,
  contextAsked: boolean,
): string {
  // Neither the limit nor a market tag holds a space, so the first two spaces end them.
  return `${contextAsked ? -limit : limit} ${market} ${text}`;
}
