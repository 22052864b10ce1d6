/** Starts something that repeats; the function that it gives ends it. */
export type Repeat = (task: () => void, intervalMs: number) => () => void;

/** By the clock, without keeping the process alive. */
export const repeatByTimer: Repeat = (task, intervalMs) => {
  const timer = setInterval(task, intervalMs);
  timer.unref();
  return () => clearInterval(timer);
};

/** A look at whether something changed, which is taken when it is asked for and every so often; calls that overlap share one. */
export class RepeatedLook<Outcome> {
  readonly #look: () => Promise<Outcome>;
  #looking: Promise<Outcome> | null = null;
  #end: (() => void) | null = null;

  constructor(look: () => Promise<Outcome>) {
    this.#look = look;
  }

  /** Looks now, or answers as the look under way will. */
  take(): Promise<Outcome> {
    this.#looking ??= this.#look().finally(() => {
      this.#looking = null;
    });
    return this.#looking;
  }

  /** Looks every `intervalMs`, in the place of an earlier interval, until `stop`. */
  start(intervalMs: number, repeat: Repeat = repeatByTimer): void {
    this.stop();
    this.#end = repeat(() => void this.take(), intervalMs);
  }

  stop(): void {
    this.#end?.();
    this.#end = null;
  }
}
