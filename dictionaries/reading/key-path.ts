/** How a key and its text advance together: one entry a step. */
export interface KeyStep {
  /** What is added to the key; empty for what is written but not typed. */
  readonly letters: string;
  /** UTF-16 units of the text. */
  readonly units: number;
  /** Whether a key may begin here. */
  readonly opens: boolean;
}

/** A key and its alignment with the text, from a step on. */
export interface KeyPath {
  readonly start: number;
  readonly key: string;
  readonly steps: readonly number[];
}

/** Key and alignment of the steps from `first`, which begins at `start` in the text. */
export function pathFrom(path: readonly KeyStep[], first: number, start: number): KeyPath {
  let key = '';
  const steps: number[] = [];
  for (let at = first; at < path.length; at++) {
    const { letters, units } = path[at]!;
    key += letters;
    steps.push(letters.length, units);
  }
  return { start, key, steps };
}

/** The first step and those where keys may begin, at most `most`: [index of the step, offset in the text]. */
export function startsOf(path: readonly KeyStep[], most: number): [number, number][] {
  const starts: [number, number][] = [];
  let offset = 0;
  for (const [at, { units, opens }] of path.entries()) {
    if ((at === 0 || opens) && starts.length < most) starts.push([at, offset]);
    offset += units;
  }
  return starts;
}
