import { setImmediate as nextTurn } from 'node:timers/promises';

/** Work that leaves off now and then, about every millisecond, so that others may have a turn. */
export type Sliced<T> = Generator<undefined, T>;

/** How long work holds the event loop. */
const HELD_MS = 4;

/** Does the work at once. */
export function finish<T>(work: Sliced<T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done === true) return value;
  }
}

/** Does the work a few milliseconds at a time. What it throws passes through. */
export async function finishInTurns<T>(work: Sliced<T>): Promise<T> {
  for (;;) {
    const begunMs = performance.now();
    while (performance.now() - begunMs < HELD_MS) {
      const { done, value } = work.next();
      if (done === true) return value;
    }
    await nextTurn();
  }
}
