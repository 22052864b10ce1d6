import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KeyedHash } from '../../../indexer/events/keyed-hash.ts';

const hmac = (secret: Uint8Array, text: string) =>
  createHmac('sha256', secret).update(text).digest().subarray(0, 16).toString('base64url');

describe('KeyedHash', () => {
  it('is HMAC-SHA256 cut to 128 bits, whatever the secret and the texts, one after the other', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 100 }),
        fc.array(fc.oneof(fc.string({ unit: 'binary', maxLength: 400 }), fc.string())),
        (secret, texts) => {
          const hashes = new KeyedHash(secret);
          for (const text of texts) expect(hashes.hash(text)).toBe(hmac(secret, text));
        },
      ),
    );
  });

  it('takes texts that grow from one to the next, lone surrogates among them', () => {
    const secret = Buffer.alloc(32, 7);
    const hashes = new KeyedHash(secret);
    for (const length of [0, 1, 255, 256, 257, 5_000, 3]) {
      for (const unit of ['a', '京', '\ud800']) {
        const text = unit.repeat(length);
        expect(hashes.hash(text)).toBe(hmac(secret, text));
      }
    }
  });
});
