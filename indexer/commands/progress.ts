import type { CommandIo } from '../command-line.ts';

const REDRAW_MS = 100;

/** Tells how a build is getting on: one line that is drawn over on a terminal, a line a step elsewhere. */
export class Progress {
  readonly #io: CommandIo;
  readonly #nowMs: () => number;
  readonly #startedMs: number;
  #step: { readonly what: string; readonly startedMs: number } | undefined;
  #rows = 0;
  #drawnMs = Number.NEGATIVE_INFINITY;

  /** `nowMs` is any clock that goes forward evenly. */
  constructor(io: CommandIo, nowMs: () => number) {
    this.#io = io;
    this.#nowMs = nowMs;
    this.#startedMs = nowMs();
  }

  get seconds(): number {
    return (this.#nowMs() - this.#startedMs) / 1000;
  }

  step(what: string): void {
    this.#endStep();
    this.#step = { what, startedMs: this.#nowMs() };
    this.#rows = 0;
    if (this.#io.isTerminal) this.#draw();
  }

  rows(rows: number): void {
    this.#rows = rows;
    if (this.#io.isTerminal && this.#nowMs() - this.#drawnMs >= REDRAW_MS) this.#draw();
  }

  /** Ends the last step, or clears the line after a failure. */
  finish(): void {
    this.#endStep();
    if (this.#io.isTerminal) this.#io.stderr.write('\r\u001b[K');
  }

  #endStep(): void {
    if (this.#step === undefined || this.#io.isTerminal) return;
    const seconds = (this.#nowMs() - this.#step.startedMs) / 1000;
    this.#io.stderr.write(`${this.#step.what}${this.#shownRows()}: ${seconds.toFixed(1)} s\n`);
    this.#step = undefined;
  }

  #draw(): void {
    this.#drawnMs = this.#nowMs();
    const what = this.#step?.what ?? '';
    this.#io.stderr.write(`\r\u001b[K${what}${this.#shownRows()} (${this.seconds.toFixed(0)} s)`);
  }

  #shownRows(): string {
    return this.#rows === 0 ? '' : `, ${this.#rows} rows`;
  }
}
