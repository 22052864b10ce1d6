import type { Feature } from './feature.ts';

/** How well the user is known, the same for all candidates: 0 for somebody new, one half with eight queries. Shares of a short history say less than those of a long one. */
export const ACQUAINTANCE: Feature = {
  name: 'acquaintance',
  unit: 'share',
  state: 'profile',
  default: 0,
  write(candidates, context, out, at, stride) {
    const entries = context.profile?.entries ?? 0;
    const acquaintance = entries / (entries + HALF_AT);
    const { size } = candidates;
    for (let row = 0; row < size; row++) out[row * stride + at] = acquaintance;
  },
};

const HALF_AT = 8;
