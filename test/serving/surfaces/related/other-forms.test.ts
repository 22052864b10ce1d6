import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { relateByNumber } from '../../../../dictionaries/inflection/noun-number.ts';
import { normalise } from '../../../../dictionaries/normalise.ts';
import { indexTexts } from '../../../../load-tests/typing/measured-engine.ts';
import { Engine } from '../../../../serving/retrieval/engine.ts';
import { MarketChooser } from '../../../../serving/retrieval/market-choice.ts';
import type { SurfaceRequest } from '../../../../serving/surfaces/generator.ts';
import { KnownTerms } from '../../../../serving/surfaces/related/known-terms.ts';
import { OtherFormsGenerator } from '../../../../serving/surfaces/related/other-forms-generator.ts';
import { RelatedSearches } from '../../../../serving/surfaces/related/related-searches.ts';
import { SharedTermsGenerator } from '../../../../serving/surfaces/related/shared-terms-generator.ts';
import { VariantSet } from '../../../../serving/surfaces/related/variant-test.ts';
import { WordForms } from '../../../../serving/surfaces/related/word-forms.ts';
import { describeCandidateGenerator } from '../../../contracts/candidate-generators.ts';

function indexOf(texts: readonly string[]) {
  return indexTexts(
    texts.map((surface, at) => ({
      surface,
      normalised: normalise(surface),
      score: texts.length - at,
    })),
  );
}

function relatedOver(texts: readonly string[]): (query: string) => readonly string[] {
  const { segment, manifest } = indexOf(texts);
  const related = new RelatedSearches(segment, manifest, new Engine(segment, manifest));
  return (query) => related.related(query, { limit: 20 }).suggestions.map(({ text }) => text);
}

const WORLD = [
  'dog grooming',
  'dogs',
  'cats',
  'cat food for kittens',
  'sniper rifle games',
  'futuristic snipr',
  'houses',
  'house plans',
  'small house plans',
  'house paint',
  'house boat',
  'hose reel',
  'gâteaux',
  'gateau au chocolat',
  'news',
  'new york',
];

describe('a query whose own words lead to nothing but itself', () => {
  const related = relatedOver(WORLD);

  it.each([
    ['a plural', 'dogs', 'dog grooming'],
    ['another plural', 'cats', 'cat food for kittens'],
    ['a word that is a slip', 'futuristic snipr', 'sniper rifle games'],
    ['a plural with accents', 'gâteaux', 'gateau au chocolat'],
    ['a plural that nobody searched', 'kitten', 'cat food for kittens'],
    ['a slip in a query that nobody searched', 'unheard snipar', 'sniper rifle games'],
  ])('is led on by other forms of its words: %s, %s', (_, query, expected) => {
    const found = related(query);
    expect(found).toContain(expected);
    expect(found).not.toContain(query);
  });

  it('is not corrected where another form of its words leads on', () => {
    expect(related('houses')).toEqual(
      expect.arrayContaining(['house plans', 'small house plans', 'house paint', 'house boat']),
    );
    expect(related('houses')).not.toContain('hose reel');
  });

  it('is led nowhere by a singular that means something else', () => {
    expect(related('news')).not.toContain('new york');
  });

  it('has an empty list where nothing shares a word with it', () => {
    expect(relatedOver(['dogs', 'pottery wheel'])('dogs')).toEqual([]);
    expect(relatedOver(['dogs', 'dog'])('dogs')).toEqual([]);
  });

  it('says by what evidence', () => {
    const { segment, manifest } = indexOf(WORLD);
    const searches = new RelatedSearches(segment, manifest, new Engine(segment, manifest));
    const { suggestions } = searches.related('dogs', { limit: 5 });
    expect(suggestions.map(({ evidence }) => evidence)).toEqual(['forms']);
  });
});

describe('related searches of a completion', () => {
  const WORDS = ['dog', 'dogs', 'city', 'cities', 'mouse', 'mice', 'sniper', 'snipr', 'red', 'zoo'];
  const SLIPS = new Set(['sniper snipr', 'snipr sniper']);

  it('are some wherever the index has a text that shares a word in any form, and never a variant', () => {
    const text = fc
      .array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 3 })
      .map((words) => words.join(' '));
    fc.assert(
      fc.property(fc.uniqueArray(text, { minLength: 1, maxLength: 12 }), (texts) => {
        const related = relatedOver(texts);
        const holders = (word: string) =>
          texts.filter((each) => each.split(' ').includes(word)).length;
        const leads = (word: string, other: string) =>
          word === other ||
          relateByNumber(word, other, 'en') === 'plural' ||
          (SLIPS.has(`${word} ${other}`) && holders(word) < 2);
        for (const query of texts) {
          const variants = new VariantSet(query, null);
          variants.add(query);
          const others = texts.filter((each) => !variants.has(each));
          const isLed = others.some((each) =>
            each.split(' ').some((other) => query.split(' ').some((word) => leads(word, other))),
          );
          const found = related(query);
          if (isLed) expect(found, query).not.toEqual([]);
          expect(found.filter((each) => variants.has(each))).toEqual([]);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describeCandidateGenerator('forms', () => {
  const { segment } = indexOf(WORLD);
  const choice = new MarketChooser(segment, [], []).choose(null);
  const requestFor = (normalised: string | null): SurfaceRequest => ({
    choice,
    limit: 10,
    query: normalised === null ? null : { normalised, completion: null, readings: [] },
    video: null,
    session: null,
    nowMs: 0,
  });
  const terms = new SharedTermsGenerator(segment, new KnownTerms(segment));
  return {
    generator: new OtherFormsGenerator([terms], new WordForms(segment), 'lonely'),
    answered: ['dogs', 'houses', 'futuristic snipr', 'cat food for dogs'].map(requestFor),
    unanswered: [requestFor('zxqv'), requestFor(null)],
  };
});
