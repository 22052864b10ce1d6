import { describe, expect, it } from 'vitest';
import { VariantSet } from '../../../../serving/surfaces/related/variant-test.ts';

function isVariant(a: string, b: string, market = 'en-US'): boolean {
  const set = new VariantSet(a, market);
  set.add(a);
  return !set.add(b);
}

describe('a variant', () => {
  it.each([
    ['cat toys', 'cat toy'],
    ['cat toys', 'toy cat'],
    ['ice cream', 'icecream'],
    ['ice cream', 'icecreams'],
    ['café menu', 'cafe menu'],
  ])('%s is one of %s', (a, b) => {
    expect(isVariant(a, b)).toBe(true);
    expect(isVariant(b, a)).toBe(true);
  });

  it.each([
    ['london to paris', 'paris to london'],
    ['cat toys', 'cat food'],
    ['bat', 'cat'],
    ['cat', 'cat toy'],
  ])('%s is none of %s', (a, b) => {
    expect(isVariant(a, b)).toBe(false);
  });
});
