import type { Feature } from './feature.ts';

/** Length: how much is left to type. */
export const LETTERS_LEFT: Feature = {
  name: 'lettersLeft',
  unit: 'log2(1 + bytes)',
  state: 'request',
  default: 0,
  write(candidates, context, out, at, stride) {
    const typed = context.typedBytes;
    const { size } = candidates;
    for (let row = 0; row < size; row++) {
      const left = candidates.bytes[row]! - typed;
      out[row * stride + at] =
        left <= 0 ? 0 : left < LOGS.length ? LOGS[left]! : Math.log2(1 + left);
    }
  },
};

/** log2(1 + n), by n. */
const LOGS = Float32Array.from({ length: 256 }, (_, n) => Math.log2(1 + n));
