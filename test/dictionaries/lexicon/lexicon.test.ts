import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MOST_REPLACEMENTS, type Replacement } from '../../../dictionaries/lexicon/lexicon.ts';
import { LexiconSet } from '../../../dictionaries/lexicon/lexicon-set.ts';
import { parseSynonyms } from '../../../dictionaries/lexicon/synonym-file.ts';
import { normaliseTyped } from '../../../dictionaries/normalise.ts';
import { JOINER, sequenceTerms } from '../../../dictionaries/terms.ts';

function replacements(rules: string, typed: string): readonly Replacement[] {
  return parseSynonyms(rules, 'f').forMarket('und').replacementsIn(typed);
}

/** `typed part > replacement`, with `…` behind a part that is only begun. */
function shown(rules: string, typed: string): string[] {
  return replacements(rules, typed).map(
    ({ start, end, text, unfinished }) =>
      `${typed.slice(start, end)}${unfinished ? '…' : ''} > ${text}`,
  );
}

describe('the parts of a typed text that have synonyms', () => {
  it('are whole words anywhere in it', () => {
    expect(shown('tv, telly', 'cheap tv stand')).toEqual(['tv > telly']);
    expect(shown('tv, telly', 'atv tvs')).toEqual([]);
    expect(shown('tv, telly', 'tv')).toEqual(['tv > telly']);
    expect(replacements('tv, telly', 'big tv ')).toEqual([
      { start: 4, end: 6, text: 'telly', bits: 2, unfinished: false },
    ]);
  });

  it('are several words where the rule has several', () => {
    const rules = 'new york, big apple, nyc';
    expect(shown(rules, 'hotel new york city')).toEqual(['new york > big apple', 'new york > nyc']);
    expect(shown(rules, 'new yorker ')).toEqual([]);
    expect(shown(rules, 'new ')).toEqual([]);
  });

  it('may overlap, each by itself', () => {
    expect(shown('new york, nyc\nyork, jorvik\nnew => fresh', 'new york ')).toEqual([
      'new > fresh',
      'new york > nyc',
      'york > jorvik',
    ]);
  });

  it('are found without spaces in scripts that have none', () => {
    expect(shown('手机, 智能手机', '华为手机壳')).toEqual(['手机 > 智能手机']);
    expect(replacements('มือถือ, โทรศัพท์', 'ซื้อมือถือ')).toMatchObject([
      { start: 4, end: 10, text: 'โทรศัพท์' },
    ]);
    expect(shown('タワー => tower', '東京タワー')).toEqual(['タワー > tower']);
    expect(shown('tv, 电视', '小米tv支架')).toEqual(['tv > 电视']);
    expect(shown('🍕 => pizza', '🍕 delivery')).toEqual(['🍕 > pizza']);
  });

  it('are not cut between a character and its marks', () => {
    expect(shown('กา, crow', 'ก่า')).toEqual([]);
    expect(shown('👩, woman', '👩\u200d🔧')).toEqual([]);
  });

  it('are whole words in Korean, which has spaces', () => {
    expect(shown('티비, 텔레비전', '티비 거치대')).toEqual(['티비 > 텔레비전']);
    expect(shown('티비, 텔레비전', '스티비')).toEqual([]);
  });

  it('may be the beginning of a word at the end, from three letters on', () => {
    const rules = 'television, tv';
    expect(shown(rules, 'cheap te')).toEqual([]);
    expect(shown(rules, 'cheap tel')).toEqual(['tel… > tv']);
    expect(shown(rules, 'tel stand')).toEqual([]);
    expect(shown(rules, 'tel ')).toEqual([]);
    expect(shown('텔레비전, tv', '텔레')).toEqual(['텔레… > tv']);
    expect(shown('텔레비전, tv', '텔')).toEqual([]);
    expect(shown('智能手机, smartphone', '买智能')).toEqual(['智能… > smartphone']);
  });

  it('may be several words, the last one begun', () => {
    expect(shown('united states, usa', 'map united sta')).toEqual(['united sta… > usa']);
    expect(shown('united states, usa', 'united st')).toEqual([]);
    expect(shown('united states of america, usa', 'united sta')).toEqual([]);
  });

  it('cost more the more letters are missing, up to a bound', () => {
    const bits = (typed: string) => replacements('television, tv', typed)[0]?.bits;
    expect([bits('television'), bits('televisio'), bits('televisi'), bits('tel')]).toEqual([
      2, 3, 4, 6,
    ]);
  });

  it('are not replaced by what their beginning finds anyway, nor by one text twice', () => {
    expect(shown('television, telly, tv', 'tel')).toEqual(['tel… > tv']);
    expect(replacements('telly, tv\ntele, tv', 'tele')).toEqual([
      { start: 0, end: 4, text: 'tv', bits: 2, unfinished: false },
    ]);
  });

  it('are at most so many', () => {
    const terms = Array.from({ length: 64 }, (_, i) => `t${i}x`);
    const typed = 't1x t2x t3x ';
    const found = replacements(terms.join(), typed);
    expect(found).toHaveLength(MOST_REPLACEMENTS);
    expect(found[63]?.start).toBe(4);
  });

  it('are none in an empty text and in an empty lexicon', () => {
    expect(replacements('tv, telly', '')).toEqual([]);
    expect(replacements('', 'tv')).toEqual([]);
    expect(LexiconSet.EMPTY.forMarket('en-US').replacementsIn('tv')).toEqual([]);
  });

  it('are what a naive search finds', () => {
    const word = fc.constantFrom('a', 'ab', 'abc', 'abcd', '한국', '手', '机', 'の', 'c#', 'ü');
    const term = fc
      .array(fc.tuple(word, fc.constantFrom(' ', '')), { minLength: 1, maxLength: 3 })
      .map((parts) => parts.flat().join('').trim());
    const rules = fc.array(fc.tuple(term, term), { maxLength: 8 });
    const text = fc
      .array(fc.tuple(word, fc.constantFrom(' ', '')), { maxLength: 6 })
      .map((parts) => normaliseTyped(parts.flat().join('')).normalised);
    fc.assert(
      fc.property(rules, text, (pairs, typed) => {
        const distinct = pairs.filter(([a, b]) => a !== b);
        const file = distinct.map(([a, b]) => `${a} => ${b}`).join('\n');
        const found = replacements(file, typed).map((each) => JSON.stringify(each));
        const expected = searchNaively(distinct, typed).map((each) => JSON.stringify(each));
        expect([...found].sort()).toEqual(expected.sort());
      }),
      { numRuns: 1_000 },
    );
  });
});

/** All starts and ends of sequence terms. */
function boundaries(typed: string): { readonly starts: number[]; readonly ends: number[] } {
  const starts: number[] = [];
  const ends: number[] = [];
  let at = 0;
  sequenceTerms(typed.trim()).forEach((term, i) => {
    const joined = term.startsWith(JOINER);
    if (i > 0 && !joined) at++;
    starts.push(at);
    at += term.length - (joined ? 1 : 0);
    ends.push(at);
  });
  return { starts, ends };
}

function searchNaively(pairs: readonly (readonly [string, string])[], typed: string) {
  const { starts, ends } = boundaries(typed);
  const best = new Map<string, Replacement>();
  const offer = (replacement: Replacement) => {
    const key = `${replacement.start} ${replacement.end} ${replacement.text}`;
    const known = best.get(key);
    if (known === undefined || replacement.bits < known.bits) best.set(key, replacement);
  };
  for (const [side, text] of pairs) {
    for (const start of starts) {
      const end = start + side.length;
      if (typed.startsWith(side, start) && ends.includes(end)) {
        offer({ start, end, text, bits: 2, unfinished: false });
      }
      const part = typed.slice(start);
      const rest = side.slice(part.length);
      const letters = [...(part.split(' ').at(-1) ?? '')].reduce(
        (sum, letter) => sum + (/[手机한국]/.test(letter) ? 2 : 1),
        0,
      );
      const isBegun = side.startsWith(part) && rest !== '' && !rest.includes(' ');
      if (!isBegun || typed.endsWith(' ') || letters < 3 || text.startsWith(part)) continue;
      const bits = 2 + Math.min(4, rest.length);
      offer({ start, end: typed.length, text, bits, unfinished: true });
    }
  }
  return [...best.values()];
}
