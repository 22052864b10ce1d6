import { createHash } from 'node:crypto';

/**
 * A suggestion's stable id: 64 bits of hash of its normalised form, as eleven URL-safe characters. The same in every snapshot and
 * market. Two of ten million forms collide with a chance of about 3 in a million; the hash is no secret and guards nothing.
 */
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const PAIRS = Array.from(
  { length: 4096 },
  (_, bits) => ALPHABET.charAt(bits >>> 6) + ALPHABET.charAt(bits & 63),
);

// Odd multipliers of the finaliser of MurmurHash3 (Appleby, public domain) and of xxHash32 (Collet).
const MIX_A = 0x85ebca6b;
const MIX_B = 0xc2b2ae35;
const STEP_A = 0x9e3779b1;
const STEP_B = 0x85ebca77;

export function suggestionId(normalised: string): string {
  let a = 0x2545f491 ^ normalised.length;
  let b = 0x6c078965 + normalised.length;
  for (let i = 0; i < normalised.length; i++) {
    const unit = normalised.charCodeAt(i);
    a = Math.imul(a ^ unit, STEP_A);
    a = (a << 13) | (a >>> 19);
    b = Math.imul(b + unit, STEP_B);
    b ^= b >>> 15;
  }
  a = finish(a ^ b);
  b = finish(b + Math.imul(a, STEP_A));
  return (
    PAIRS[a >>> 20]! +
    PAIRS[(a >>> 8) & 4095]! +
    PAIRS[((a & 255) << 4) | (b >>> 28)]! +
    PAIRS[(b >>> 16) & 4095]! +
    PAIRS[(b >>> 4) & 4095]! +
    ALPHABET.charAt((b & 15) << 2)
  );
}

/** The id of an entry of a user's own history, the user as a hash: of the same form as other ids; a digest, so that it tells nothing of the user. */
export function historyId(user: string, normalised: string): string {
  const digest = createHash('sha256').update(`${user}\u0000${normalised}`).digest();
  return digest.subarray(0, 8).toString('base64url');
}

function finish(value: number): number {
  let bits = value;
  bits ^= bits >>> 16;
  bits = Math.imul(bits, MIX_A);
  bits ^= bits >>> 13;
  bits = Math.imul(bits, MIX_B);
  return (bits ^ (bits >>> 16)) >>> 0;
}
