/** Tells the operator once that something fails, and once that it works again. */
export class FaultReport {
  readonly #report: (line: string) => void;
  readonly #failing: string;
  readonly #mended: string;
  #isFailing = false;

  /** @param texts what is said of the first failure, before its reason, and of the first success after it */
  constructor(report: (line: string) => void, texts: readonly [failing: string, mended: string]) {
    this.#report = report;
    [this.#failing, this.#mended] = texts;
  }

  fail(error: unknown): void {
    const why = error instanceof Error ? error.message : String(error);
    if (!this.#isFailing) this.#report(`${this.#failing}: ${why}`);
    this.#isFailing = true;
  }

  succeed(): void {
    if (this.#isFailing) this.#report(this.#mended);
    this.#isFailing = false;
  }
}
