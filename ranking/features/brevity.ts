import type { Feature } from './feature.ts';

/** How little is typed, the same for all candidates: tells a machine that multiplies features how far to trust the others. */
export const BREVITY: Feature = {
  name: 'brevity',
  unit: '1 / bytes',
  state: 'request',
  default: 1,
  write(candidates, context, out, at, stride) {
    const brevity = 1 / Math.max(1, context.typedBytes);
    const { size } = candidates;
    for (let row = 0; row < size; row++) out[row * stride + at] = brevity;
  },
};
