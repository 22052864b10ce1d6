import type { Feature } from './feature.ts';

/** Length: how many terms more than typed it has. */
export const TERMS_LEFT: Feature = {
  name: 'termsLeft',
  unit: 'terms',
  state: 'request',
  default: 0,
  write(candidates, context, out, at, stride) {
    const typed = context.typedTerms;
    const { size } = candidates;
    for (let row = 0; row < size; row++) {
      out[row * stride + at] = Math.max(0, Math.min(MOST, candidates.termCounts[row]! - typed));
    }
  },
};

const MOST = 12;
