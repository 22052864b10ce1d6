import type { Feature } from './feature.ts';

/** How likely a viewer of the video on screen searches it: bits above one in a million. */
export const VIDEO_FIT: Feature = {
  name: 'videoFit',
  unit: 'bits',
  state: 'session',
  default: 0,
  evidence: 'video',
  write(candidates, _context, out, at, stride) {
    const { size } = candidates;
    for (let row = 0; row < size; row++) {
      out[row * stride + at] = Math.max(0, candidates.video[row]! + MILLION);
    }
  },
};

const MILLION = 20;
