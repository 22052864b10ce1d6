import { describe, expect, it } from 'vitest';
import { mendsSlips } from '../../../../serving/surfaces/related/slip-test.ts';
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

describe('what mends the slips of a query', () => {
  const isUnknown = (word: string) => ['montgae', 'snper', 'compilatoin'].includes(word);
  it.each([
    ['sniper montgae', 'sniper montage', true],
    ['snper montgae', 'sniper montage', true],
    ['best compilatoin', 'best compilation', true],
    ['sniper montgae', 'sniper montages', false],
    ['sniper montgae', 'sniper montage tips', false],
    ['sniper montgae', 'snipers montage', false],
    ['bat', 'cat', false],
  ])('of %s: %s is it (%s)', (query, text, expected) => {
    expect(mendsSlips(query, text, isUnknown)).toBe(expected);
  });
});
