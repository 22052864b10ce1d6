/**
 * Users and sessions, by hash, that are being erased: until that is done they are nobody. Their events are stored without user and session, and requests know nothing of them, so
 * that nothing of them comes to where it was erased already.
 */
export class Withheld {
  /** By hash, how many erasures ask for it. */
  readonly #asked = new Map<string, number>();

  has(hash: string | null): boolean {
    return hash !== null && this.#asked.has(hash);
  }

  add(hashes: readonly string[]): void {
    for (const hash of hashes) this.#asked.set(hash, (this.#asked.get(hash) ?? 0) + 1);
  }

  delete(hashes: readonly string[]): void {
    for (const hash of hashes) {
      const left = (this.#asked.get(hash) ?? 0) - 1;
      if (left > 0) this.#asked.set(hash, left);
      else this.#asked.delete(hash);
    }
  }
}
