/** A clock that moves when it is told, and the timers that go by it. */
export class FakeTimers {
  #nowMs = 0;
  #waiting: { readonly atMs: number; readonly callback: () => void }[] = [];

  readonly now = (): number => this.#nowMs;

  readonly start = (callback: () => void, afterMs: number): (() => void) => {
    const timer = { atMs: this.#nowMs + afterMs, callback };
    this.#waiting.push(timer);
    return () => {
      this.#waiting = this.#waiting.filter((each) => each !== timer);
    };
  };

  get waiting(): number {
    return this.#waiting.length;
  }

  /** Lets time pass; calls what is due, in order. */
  advance(byMs: number): void {
    this.#nowMs += byMs;
    const due = this.#waiting.filter(({ atMs }) => atMs <= this.#nowMs);
    this.#waiting = this.#waiting.filter((timer) => !due.includes(timer));
    for (const { callback } of due.sort((a, b) => a.atMs - b.atMs)) callback();
  }
}
