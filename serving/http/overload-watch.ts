import { monitorEventLoopDelay } from 'node:perf_hooks';

/** How often the event loop's turns are timed, and what a turn takes at least in what is measured. */
const RESOLUTION_MS = 20;
const WINDOW_MS = 1_000;
/** A mean turn this late makes every suggestion as late: useless to somebody who types. */
const LATE_MS = 500;
/** One long turn (a snapshot being opened, a pause of the machine) fills one window, and no more. */
const LATE_WINDOWS_BEFORE_SHEDDING = 3;

/** How late the event loop's turns were since the last reset, as Node's `IntervalHistogram` measures it. */
export interface TurnDelays {
  /** Nanoseconds; NaN when nothing was measured. */
  readonly mean: number;
  reset(): void;
}

/**
 * Tells whether the process has more to do than it can: the mean turn of the event loop was over half a second late in three
 * seconds running. One good second ends it. Asking costs the read of a field.
 */
export class OverloadWatch {
  #lateWindows = 0;
  #end: (() => void) | null = null;
  readonly #onChange: (isOverloaded: boolean, meanLateMs: number) => void;

  constructor(onChange: (isOverloaded: boolean, meanLateMs: number) => void = () => {}) {
    this.#onChange = onChange;
  }

  get isOverloaded(): boolean {
    return this.#lateWindows >= LATE_WINDOWS_BEFORE_SHEDDING;
  }

  /** Judges the window that ended now, and begins the next. */
  judge(delays: TurnDelays): void {
    const was = this.isOverloaded;
    const lateMs = delays.mean / 1e6 - RESOLUTION_MS;
    delays.reset();
    this.#lateWindows = lateMs > LATE_MS ? this.#lateWindows + 1 : 0;
    if (this.isOverloaded !== was) this.#onChange(this.isOverloaded, lateMs);
  }

  /** Judges the event loop of this process every second until `stop`; does not keep the process alive. */
  start(): void {
    this.stop();
    const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
    delays.enable();
    const timer = setInterval(() => this.judge(delays), WINDOW_MS);
    timer.unref();
    this.#end = () => {
      clearInterval(timer);
      delays.disable();
    };
  }

  stop(): void {
    this.#end?.();
    this.#end = null;
  }
}
