import type { Feature } from './feature.ts';

/** Edits and other readings: how unlikely it is that somebody who means it types this. */
export const READING_BITS: Feature = {
  name: 'readingBits',
  unit: 'bits',
  state: 'request',
  default: 0,
  write(candidates, _context, out, at, stride) {
    const { size } = candidates;
    for (let row = 0; row < size; row++) {
      out[row * stride + at] = Math.min(MOST, candidates.readingBits[row]!);
    }
  },
};

const MOST = 40;
