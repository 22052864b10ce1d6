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
      out[row * stride + at] = Math.log2(1 + Math.max(0, candidates.bytes[row]! - typed));
    }
  },
};
