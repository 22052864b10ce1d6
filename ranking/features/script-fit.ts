import type { Feature } from './feature.ts';

/** Language fit, as far as letters tell it: how rarely the user searches in its script, as halvings; 0 for what they always write. */
export const SCRIPT_FIT: Feature = {
  name: 'scriptFit',
  unit: 'bits',
  state: 'profile',
  default: 0,
  write(candidates, context, out, at, stride) {
    const shares = context.profile?.scriptShares ?? undefined;
    const { size } = candidates;
    for (let row = 0; row < size; row++) {
      out[row * stride + at] =
        shares === undefined
          ? 0
          : Math.log2((shares[candidates.scripts[row]!]! + SMOOTHING) / (1 + SMOOTHING));
    }
  },
};

const SMOOTHING = 0.05;
