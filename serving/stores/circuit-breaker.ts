/** `closed`: calls go through. `open`: none does. `half-open`: one does, to see whether what failed is back. */
export type BreakerState = 'closed' | 'open' | 'half-open';

export interface BreakerOptions {
  /** Failures without a success between that open it. */
  readonly failures: number;
  /** How long it stays open before one call may try. */
  readonly openMs: number;
  /** Milliseconds, monotonic. */
  readonly now: () => number;
}

/** Leaves something alone that failed several times running, and tries it now and then. */
export class CircuitBreaker {
  readonly #options: BreakerOptions;
  #failures = 0;
  /** When it opened; null while closed. */
  #openedMs: number | null = null;
  #isProbing = false;
  /** How often it opened. */
  opened = 0;

  constructor(options: BreakerOptions) {
    this.#options = options;
  }

  get state(): BreakerState {
    if (this.#openedMs === null) return 'closed';
    if (this.#isProbing) return 'half-open';
    return this.#options.now() - this.#openedMs < this.#options.openMs ? 'open' : 'half-open';
  }

  /** Whether a call may go through now; one that does must tell how it ended. */
  admit(): boolean {
    if (this.#openedMs === null) return true;
    if (this.#isProbing || this.state === 'open') return false;
    this.#isProbing = true;
    return true;
  }

  succeed(): void {
    this.#failures = 0;
    this.#openedMs = null;
    this.#isProbing = false;
  }

  fail(): void {
    this.#failures++;
    const isStillBroken = this.#openedMs !== null && this.#isProbing;
    // What was sent before it opened, and failed since, tells nothing new.
    if (this.#openedMs !== null && !isStillBroken) return;
    if (!isStillBroken && this.#failures < this.#options.failures) return;
    this.#openedMs = this.#options.now();
    this.#isProbing = false;
    this.opened++;
  }
}
