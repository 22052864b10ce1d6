import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { graphemes } from '../../../dictionaries/graphemes.ts';
import { normalise } from '../../../dictionaries/normalise.ts';
import {
  admitsTyped,
  coveredUnits,
  KEY_MARKS,
  termKeys,
  typedKeys,
} from '../../../dictionaries/reading/term-keys.ts';
import { JOINER, sequenceTerms } from '../../../dictionaries/terms.ts';
import { textUnit } from '../../support/text-arbitraries.ts';
import { keysOf, typedOf } from './keys-of-kind.ts';
import { ROMANISED } from './romanised-words.ts';

/** Real words, with what keyboards without their letters make of them. */
const FOLDED: Readonly<Record<string, readonly [string, string][]>> = {
  French: [
    ['résumé', 'resume'],
    ['cœur', 'coeur'],
    ['garçon', 'garcon'],
  ],
  German: [
    ['münchen', 'munchen'],
    ['münchen', 'muenchen'],
    ['köln', 'koeln'],
    ['käse', 'kase'],
  ],
  Spanish: [
    ['español', 'espanol'],
    ['canción', 'cancion'],
  ],
  Portuguese: [
    ['previsão', 'previsao'],
    ['ações', 'acoes'],
  ],
  Vietnamese: [
    ['điện', 'dien'],
    ['thoại', 'thoai'],
    ['phở', 'pho'],
    ['người', 'nguoi'],
    ['đường', 'duong'],
  ],
  Turkish: [
    ['çocuk', 'cocuk'],
    ['şarkı', 'sarki'],
    ['ağaç', 'agac'],
  ],
  Polish: [
    ['łódź', 'lodz'],
    ['żywiec', 'zywiec'],
  ],
  Nordic: [
    ['smørrebrød', 'smorrebrod'],
    ['smørrebrød', 'smoerrebroed'],
    ['ålesund', 'aalesund'],
    ['ærø', 'aero'],
    ['þór', 'thor'],
    ['ísafjörður', 'isafjordur'],
  ],
  Greek: [
    ['αθήνα', 'αθηνα'],
    ['ευρωπαϊκή', 'ευρωπαικη'],
  ],
  Russian: [
    ['ёлка', 'елка'],
    ['тёплый', 'теплый'],
  ],
  Ukrainian: [['ґанок', 'ганок']],
  Arabic: [
    ['أخبار', 'اخبار'],
    ['مدرسة', 'مدرسه'],
    ['مصطفى', 'مصطفي'],
    ['مؤمن', 'مومن'],
    ['مُحَمَّد', 'محمد'],
  ],
  Persian: [['یکی', 'يكي']],
  Hebrew: [['שָׁלוֹם', 'שלום']],
  Hindi: [
    ['हिन्दी', 'हिंदी'],
    ['ज़िंदगी', 'जिंदगी'],
    ['चाँद', 'चांद'],
  ],
  'Chinese and Japanese': [
    ['國', '国'],
    ['タ', 'た'],
  ],
};

const foldCases = Object.entries(FOLDED).flatMap(([language, pairs]) =>
  pairs.map(([term, plain]) => [language, normalise(term), normalise(plain)] as const),
);

const someTerm = () =>
  fc
    .oneof(
      fc.constantFrom(...Object.values(ROMANISED).flatMap((words) => Object.keys(words))),
      fc.constantFrom(...foldCases.map(([, term]) => term)),
      fc.constantFrom('서울', '날씨', '닭갈비', 'lg전자', 'ไทย', 'ภาษา', '👍🏽', '🇫🇷', '東', 'が'),
      fc.array(textUnit(), { minLength: 1, maxLength: 8 }).map((units) => units.join('')),
    )
    .map((text) => sequenceTerms(normalise(text))[0]?.replace(JOINER, '') ?? '');

describe('termKeys', () => {
  it('of a plain lower-case ASCII word are its sounds alone', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z0-9]{1,12}$/), (word) => {
        expect(termKeys(word).filter(({ kind }) => kind !== 'sound')).toEqual([]);
      }),
    );
    for (const word of ['cuaca', 'harga', 'previsao', 'wetter']) {
      expect(new Set(termKeys(word).map(({ kind }) => kind))).toEqual(new Set(['sound']));
    }
    expect(termKeys('abc')).toEqual([]);
    expect(termKeys('ps5')).toEqual([]);
    expect(termKeys('')).toEqual([]);
  });

  it('are the same whenever they are asked for, distinct, and not empty', () => {
    fc.assert(
      fc.property(someTerm(), (term) => {
        const keys = termKeys(term);
        expect(termKeys(term)).toEqual(keys);
        expect(new Set(keys.map(({ kind, key }) => KEY_MARKS[kind] + key)).size).toBe(keys.length);
        for (const { key } of keys) expect(key).not.toBe('');
      }),
      { numRuns: 500 },
    );
  });

  it('have none for Thai, which is written in one way', () => {
    expect(sequenceTerms(normalise('ภาษาไทย')).flatMap((term) => termKeys(term))).toEqual([]);
    expect(typedKeys('ภาษา')).toEqual([]);
  });

  it('have a mark of its own for every kind', () => {
    const marks = Object.values(KEY_MARKS);
    expect(new Set(marks).size).toBe(marks.length);
    for (const mark of marks) expect(mark).toHaveLength(1);
  });
});

describe('fold', () => {
  it.each(foldCases)('%s: %s has the key %s', (_language, term, plain) => {
    expect(keysOf(term, 'fold')).toContain(plain);
  });

  it('of a typed word meets the term by every beginning of it with or without its accents', () => {
    for (const [, term, plain] of foldCases) {
      for (let length = 1; length <= plain.length; length++) {
        const typed = typedOf(plain.slice(0, length), 'fold');
        expect([term, typed.some((key) => plain.startsWith(key))]).toEqual([term, true]);
      }
      for (const end of ends(term)) {
        const typed = typedOf(term.slice(0, end), 'fold');
        const found = keysOf(term, 'fold').some((key) => typed.some((one) => key.startsWith(one)));
        expect([term, end, found]).toEqual([term, end, true]);
      }
    }
  });

  it('is not there for what folds to nothing', () => {
    for (const hamza of ['ء', 'ءء']) {
      expect(typedKeys(hamza).filter(({ key }) => key === '')).toEqual([]);
      expect(termKeys(hamza).filter(({ key }) => key === '')).toEqual([]);
    }
  });

  it('is not there when the term is its own plain form', () => {
    for (const [, , plain] of foldCases) expect(keysOf(plain, 'fold')).toEqual([]);
    expect(keysOf('москва', 'fold')).toEqual([]);
    expect(keysOf('йога', 'fold')).toEqual([]);
  });

  it('covers letters of the term, also where it spells one with two', () => {
    expect(coveredUnits('münchen', 'fold', 'mun')).toBe(3);
    expect(coveredUnits('münchen', 'fold', 'mue')).toBe(2);
    expect(coveredUnits('ærø', 'fold', 'a')).toBe(1);
    expect(coveredUnits(normalise('שָׁלוֹם'), 'fold', 'ש')).toBe([...graphemes('שָׁ')].join('').length);
  });
});

describe('admitsTyped', () => {
  it('takes plain letters for accented ones, and accents only for themselves', () => {
    expect(admitsTyped('resume', 'résumé')).toBe(true);
    expect(admitsTyped('résum', 'résumé')).toBe(true);
    expect(admitsTyped('résume', 'résumé')).toBe(true);
    expect(admitsTyped('résu', 'resume')).toBe(false);
    expect(admitsTyped('resumé', 'résume')).toBe(false);
    expect(admitsTyped('rèsumé', 'résumé')).toBe(false);
  });

  it('takes a Vietnamese vowel without its tone, and not without its quality', () => {
    expect(admitsTyped('điên', 'điện')).toBe(true);
    expect(admitsTyped('điện', 'điên')).toBe(false);
    expect(admitsTyped('đien', 'điện')).toBe(true);
    expect(admitsTyped('dien', 'điện')).toBe(true);
    expect(admitsTyped('điện', 'dien')).toBe(false);
  });

  it('takes letters spelt with two beside typed accents', () => {
    expect(admitsTyped('muenchén', 'münchén')).toBe(true);
    expect(admitsTyped('aerø', 'ærø')).toBe(true);
    expect(admitsTyped('aeró', 'ærø')).toBe(false);
  });

  it('takes forms of other scripts for each other both ways', () => {
    expect(admitsTyped('أخبار', 'اخبار')).toBe(true);
    expect(admitsTyped('اخبار', 'أخبار')).toBe(true);
    expect(admitsTyped('ёлка', 'елка')).toBe(true);
    expect(admitsTyped('αθήνα', 'αθηνα')).toBe(true);
    expect(admitsTyped('國', '国')).toBe(true);
  });

  it('takes every beginning of a term for the term', () => {
    fc.assert(
      fc.property(someTerm(), (term) => {
        for (const end of ends(term)) expect(admitsTyped(term.slice(0, end), term)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

describe('sound', () => {
  it('is shared by words that sound the same', () => {
    expect(keysOf('fotografy', 'sound')).toEqual(keysOf('photography', 'sound'));
    expect(typedOf('nite', 'sound').some((key) => keysOf('knight', 'sound').includes(key))).toBe(
      true,
    );
    expect(keysOf('résumé', 'sound')).toEqual(keysOf('resume', 'sound'));
  });

  it('is left out where it says little', () => {
    expect(keysOf('cat', 'sound')).toEqual([]);
    expect(keysOf('aaaa', 'sound')).toEqual([]);
    expect(keysOf('mp3player', 'sound')).toEqual([]);
    expect(typedOf('москва', 'sound')).toEqual([]);
  });
});

describe('emoji', () => {
  it('are found by their names, whatever their skin tone', () => {
    expect(keysOf('🍕', 'emoji')).toContain('pizza');
    expect(keysOf('👍🏽', 'emoji')).toContain('thumbs');
    expect(keysOf('❤️', 'emoji')).toContain('heart');
    expect(typedOf('piz', 'emoji')).toEqual(['piz']);
    expect(typedOf('pi', 'emoji')).toEqual([]);
    expect(coveredUnits('👍🏽', 'emoji', 'thu')).toBe('👍🏽'.length);
  });
});

describe('coveredUnits', () => {
  it('ends where a grapheme ends, for every beginning of every key', () => {
    fc.assert(
      fc.property(someTerm(), (term) => {
        const allowed = new Set(ends(term));
        for (const { kind, key } of termKeys(term)) {
          let before = 0;
          // The first letter of a romanised key is its script.
          for (let length = kind === 'roman' ? 2 : 1; length <= key.length; length++) {
            const covered = coveredUnits(term, kind, key.slice(0, length));
            expect(covered > 0 && allowed.has(covered)).toBe(true);
            if (kind === 'jamo') expect(covered).toBeGreaterThanOrEqual(before);
            before = covered;
          }
          expect(before).toBe(term.length);
        }
      }),
      { numRuns: 500 },
    );
  });
});

/** The ends of a term's graphemes. */
function ends(term: string): number[] {
  const found: number[] = [];
  let end = 0;
  for (const grapheme of graphemes(term)) {
    end += grapheme.length;
    found.push(end);
  }
  return found;
}
