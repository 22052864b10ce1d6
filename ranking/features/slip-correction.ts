import type { Feature } from './feature.ts';

/** Whether it is what the user's last search, made just now, should have been without its slip: 1 for the likeliest such text, 1/2 for the second. */
export const SLIP_CORRECTION: Feature = {
  name: 'slipCorrection',
  unit: '1',
  state: 'session',
  default: 0,
  evidence: 'slip',
  write(candidates, _context, out, at, stride) {
    const { size, slipCorrections } = candidates;
    for (let row = 0; row < size; row++) out[row * stride + at] = slipCorrections[row]!;
  },
};
