import { describe, expect, it } from 'vitest';
import { LexiconError } from '../../../dictionaries/lexicon/lexicon-error.ts';
import { parseSynonyms } from '../../../dictionaries/lexicon/synonym-file.ts';

/** Synonyms of a word typed whole, as a market knows them. */
function found(text: string, typed: string, market = 'und'): string[] {
  return parseSynonyms(text, 'synonyms.txt')
    .forMarket(market)
    .replacementsIn(`${typed} `)
    .map((replacement) => replacement.text);
}

function problemsOf(text: string): string[] {
  try {
    parseSynonyms(text, 'synonyms.txt');
  } catch (error) {
    if (error instanceof LexiconError) return error.message.split('\n');
    throw error;
  }
  return [];
}

describe('a synonym file', () => {
  it('has each term of a two-way rule find the others', () => {
    const text = 'tv, television, telly';
    expect(found(text, 'tv')).toEqual(['television', 'telly']);
    expect(found(text, 'telly')).toEqual(['tv', 'television']);
  });

  it('has the left of a one-way rule find the right, and not the other way round', () => {
    const text = 'mobile, mobile phone => cell phone, cellphone';
    expect(found(text, 'mobile')).toEqual(['cell phone', 'cellphone']);
    expect(found(text, 'cell phone')).toEqual([]);
    expect(found(text, 'mobile phone')).toEqual([
      'cell phone',
      'cellphone',
      'cell phone',
      'cellphone',
    ]);
  });

  it('does not chain rules', () => {
    expect(found('a, b\nb, c', 'a')).toEqual(['b']);
    expect(found('a, b\nb, c', 'b')).toEqual(['a', 'c']);
  });

  it('leaves out comments and empty lines, and keeps the # of a word', () => {
    expect(found('# languages\n\n  c#, csharp # by its two names\n', 'c#')).toEqual(['csharp']);
    expect(found('#tv, telly', 'tv')).toEqual([]);
  });

  it('compares terms by their normalised form', () => {
    expect(found('TV , Wi-Fi', 'tv')).toEqual(['wi fi']);
    expect(found('TV, tv, Telly', 'telly')).toEqual(['tv']);
  });

  it('takes the commas of other scripts', () => {
    expect(found('电视，电视机、電視', '电视')).toEqual(['电视机', '電視']);
    expect(found('هاتف، جوال', 'جوال')).toEqual(['هاتف']);
  });

  it('reads lines of all systems and a byte order mark', () => {
    expect(found('\ufefftv, telly\r\nfilm, movie\r\n', 'tv')).toEqual(['telly']);
    expect(found('\ufefftv, telly\r\nfilm, movie\r\n', 'film')).toEqual(['movie']);
  });

  it('puts what stands above the first section into the market that is given', () => {
    const set = parseSynonyms('lift, elevator\n[de]\nhandy, mobile', 'f', 'en-GB');
    expect(set.markets.map(({ market }) => market)).toEqual(['de', 'en-GB']);
  });

  it.each([
    [
      'tv',
      "expected two terms or more (tv, television) or one way (mobile => cell phone), got 'tv'",
    ],
    ['tv,', 'expected a term, got nothing'],
    [', tv', 'expected a term, got nothing'],
    ['=> tv', 'expected terms before =>, got nothing'],
    ['tv =>', 'expected terms after =>, got nothing'],
    ['tv => # later', 'expected terms after =>, got nothing'],
    ['a, b => c => d', "expected one => at most, got 2 in 'a, b => c => d'"],
    ['tv, TV', "expected terms that differ, got 'tv, TV', all of which is compared as 'tv'"],
    [
      'tv => TV, Tv',
      "expected something else after => than before it, got 'TV, Tv', which is compared as 'tv'",
    ],
    ['tv, ?!', "expected a term with a letter, digit or picture, got '?!'"],
    [`tv, ${'x'.repeat(129)}`, 'expected a term of at most 128 code points, got 129'],
    [Array.from({ length: 65 }, (_, i) => `t${i}`).join(), 'expected at most 64 terms, got 65'],
    ['[en_US!]', "expected a market such as [en-US], [en] or [*], got '[en_US!]'"],
    ['[en', "expected a market such as [en-US], [en] or [*], got '[en'"],
    ['[]', "expected a market such as [en-US], [en] or [*], got '[]'"],
  ])('refuses %j', (line, message) => {
    expect(problemsOf(`a, b\n\n${line}\nc, d`)).toEqual([`synonyms.txt:3: ${message}`]);
  });

  it('takes a term of 128 code points, astral ones counted once', () => {
    expect(problemsOf(`tv, ${'𐐨'.repeat(128)}`)).toEqual([]);
  });

  it('cuts a long text that it quotes, between code points', () => {
    const [problem = ''] = problemsOf('😀'.repeat(100));
    expect(problem).toMatch(/got '(?:😀){59}…'$/u);
  });

  it('tells all problems of a file, up to twenty', () => {
    expect(problemsOf('tv\na, b\n=> x\n[?]')).toHaveLength(3);
    const problems = problemsOf('tv\n'.repeat(25));
    expect(problems).toHaveLength(21);
    expect(problems[19]).toMatch(/^synonyms\.txt:20: /);
    expect(problems[20]).toBe('synonyms.txt: and 5 more');
  });

  it('refuses more rules than a file may have, at the first one too many', () => {
    expect(problemsOf('a, b\n'.repeat(100_000))).toEqual([]);
    expect(problemsOf('a, b\n'.repeat(100_002))).toEqual([
      'synonyms.txt:100001: expected at most 100000 rules, got more',
    ]);
  });
});
