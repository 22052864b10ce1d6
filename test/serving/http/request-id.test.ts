import { describe, expect, it } from 'vitest';
import { createRequestIds } from '../../../serving/http/request-id.ts';

describe('createRequestIds', () => {
  it('gives ids of one form, each once', () => {
    const next = createRequestIds();
    const ids = Array.from({ length: 1_000 }, next);
    expect(new Set(ids).size).toBe(1_000);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{12}-\d{10}$/);
  });

  it('draws another prefix when the counter is used up', () => {
    const next = createRequestIds(2_147_483_646);
    const ids = [next(), next(), next()];
    const prefixes = ids.map((id) => id.slice(0, 12));
    expect(ids[1]).toBe(`${prefixes[0]}-2147483647`);
    expect(ids[2]).toBe(`${prefixes[2]}-1000000000`);
    expect(prefixes[2]).not.toBe(prefixes[0]);
  });

  it('differs between servers', () => {
    expect(createRequestIds()()).not.toBe(createRequestIds()());
  });
});
