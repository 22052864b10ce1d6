import { SCRIPT_CODES } from './candidate-table.ts';
import type { Feature } from './feature.ts';
import { quickLog2 } from './quick-log2.ts';

/** Language fit, as far as letters tell it: how rarely the user searches in its script, as halvings; 0 for what they always write. */
export const SCRIPT_FIT: Feature = {
  name: 'scriptFit',
  unit: 'bits',
  state: 'profile',
  default: 0,
  write(candidates, context, out, at, stride) {
    const shares = context.profile?.scriptShares ?? null;
    writeScriptBits(shares, bits);
    const { size } = candidates;
    for (let row = 0; row < size; row++) {
      out[row * stride + at] = bits[candidates.scripts[row]!]!;
    }
  },
};

/** Writes the value for each script; 0 where nothing is known of the user's. */
export function writeScriptBits(shares: Float32Array | null, out: Float32Array): void {
  for (let script = 0; script < SCRIPT_CODES.length; script++) {
    out[script] = shares === null ? 0 : quickLog2((shares[script]! + SMOOTHING) / (1 + SMOOTHING));
  }
}

const SMOOTHING = 0.05;
// Requests are hydrated one at a time.
const bits = new Float32Array(SCRIPT_CODES.length);
