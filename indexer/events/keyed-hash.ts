import { hash } from 'node:crypto';

/** Bytes that SHA-256 takes at a time, and gives. */
const BLOCK_BYTES = 64;
const DIGEST_BYTES = 32;
/** Of the digest, what is kept: 128 bits, 22 characters. */
const KEPT_BYTES = 16;
/** A code unit is three bytes of UTF-8 at most. */
const UNIT_BYTES = 3;
const FIRST_TEXT_UNITS = 256;

/**
 * HMAC-SHA256 of texts under one secret, cut to 128 bits in base64url: what `createHmac` gives, at less than half of its price, as the padded secret is laid out once (RFC 2104, 2) and each
 * of the two hashes is one call that makes a string alone.
 */
export class KeyedHash {
  /** The secret under the inner pad, and behind it the text. */
  #inner: Buffer;
  /** The secret under the outer pad, and behind it the inner digest. */
  readonly #outer = Buffer.alloc(BLOCK_BYTES + DIGEST_BYTES);
  readonly #kept = Buffer.alloc(KEPT_BYTES);

  constructor(secret: Uint8Array) {
    this.#inner = Buffer.alloc(BLOCK_BYTES + UNIT_BYTES * FIRST_TEXT_UNITS);
    const key = secret.length > BLOCK_BYTES ? hash('sha256', secret, 'buffer') : secret;
    for (let at = 0; at < BLOCK_BYTES; at++) {
      const byte = key[at] ?? 0;
      this.#inner[at] = byte ^ 0x36;
      this.#outer[at] = byte ^ 0x5c;
    }
  }

  /** Of a text, in UTF-8. */
  hash(text: string): string {
    const most = BLOCK_BYTES + UNIT_BYTES * text.length;
    if (most > this.#inner.length) this.#inner = Buffer.concat([this.#inner], most);
    const end = BLOCK_BYTES + this.#inner.write(text, BLOCK_BYTES);
    this.#outer.write(sha256(this.#inner.subarray(0, end)), BLOCK_BYTES, 'latin1');
    // The text is somebody's id, which must stay nowhere.
    this.#inner.fill(0, BLOCK_BYTES, end);
    this.#kept.write(sha256(this.#outer), 'latin1');
    return this.#kept.toString('base64url');
  }
}

/** A byte a code unit: cheaper than a buffer, which is an object of its own. */
function sha256(bytes: Uint8Array): string {
  return hash('sha256', bytes, 'binary');
}
