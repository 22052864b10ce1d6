import fc from 'fast-check';
import naughtyWords from 'naughty-words';
import { describe, expect, it } from 'vitest';
import { normalise } from '../../../dictionaries/normalise.ts';
import { isBlocked } from '../../../dictionaries/safety/blocklist.ts';
import { exemptions, innocentPhrases } from '../../../dictionaries/safety/blocklist-exemptions.ts';
import { unsafePhrases } from '../../../dictionaries/safety/unsafe-phrases.ts';
import { unsafeWords } from '../../../dictionaries/safety/unsafe-words.ts';
import { isUnspaced } from '../../../dictionaries/terms.ts';

const listed = new Set(Object.values(naughtyWords).flat().map(normalise));
const exempt = new Set(exemptions.map(normalise));
const blocking = [...listed, ...unsafePhrases.map(normalise)].filter(
  (entry) => [...entry].length > 1 && !exempt.has(entry),
);

function expectBlocked(blocked: boolean, texts: readonly string[]): void {
  for (const text of texts) expect(isBlocked(normalise(text)), text).toBe(blocked);
}

describe('isBlocked', () => {
  it('blocks listed words and phrases of all languages', () => {
    expectBlocked(true, [
      'Porn',
      'free porn videos',
      'blow job',
      'PUTA',
      'scheiße',
      'Блядь',
      'сука блядь',
      '섹스',
      's&m',
      '🖕',
      'a🖕',
    ]);
    for (const entry of blocking) expect(isBlocked(entry), entry).toBe(true);
  });

  it('blocks a bad word of one Hangul syllable, but no other syllable', () => {
    expect(isBlocked(normalise('좆 고양이'))).toBe(true);
    expect(isBlocked(normalise('씹'))).toBe(true);
    expect(isBlocked(normalise('좆도'))).toBe(false);
    expect(isBlocked(normalise('년'))).toBe(false);
  });

  it('blocks what is a bad word with another one written to it, and the names of sites', () => {
    for (const word of unsafeWords) expect(isBlocked(normalise(word)), word).toBe(true);
    expectBlocked(true, ['PornHub', 'pornhub.com', 'free sexvideos', 'Xvideos #1']);
    expectBlocked(false, [
      'pornic',
      'hub',
      'videos',
      'tube',
      'red tube map',
      'rule 34 of the tax code',
    ]);
  });

  it('blocks unsafe intents', () => {
    expectBlocked(true, ['how to kill myself', 'how to make a bomb at home']);
  });

  it('matches whole words only in spaced scripts', () => {
    expectBlocked(false, [
      'scunthorpe',
      'assassin',
      'cocktail',
      'essex',
      'therapist',
      'dickens',
      'shitake',
      'blow a job',
      'job blow',
      'blow jobs board',
    ]);
  });

  it('matches anywhere in scripts without spaces, but not within Katakana words', () => {
    expectBlocked(true, ['操你妈', '免费三级片下载', '東京セックス', 'セックス', 'เย็ด']);
    expectBlocked(false, ['グローバル', 'セックスピア', 'オレイプス', '北京大学', 'กูเกิล']);
  });

  it('leaves everyday words of other languages and innocent phrases alone', () => {
    expectBlocked(false, [
      '',
      'i am legend',
      'chile con carne',
      'nicht',
      'fan art',
      'río negro',
      'ford escort',
      '妈妈的爱',
      '出口交易会',
      '手机八核',
      '异性交友',
      'maine coon kittens',
      'moby dick',
      'magna cum laude',
      'how to kill a mockingbird',
    ]);
    expectBlocked(true, ['dick', 'moby dick porn', '性交']);
  });

  it('exempts only what is listed, each entry once, and no unsafe intent', () => {
    expect(exemptions.filter((entry) => !listed.has(normalise(entry)))).toEqual([]);
    expect(new Set(exemptions).size).toBe(exemptions.length);
    expect(unsafePhrases.filter((phrase) => exempt.has(phrase))).toEqual([]);
    expect(
      [...unsafePhrases, ...innocentPhrases].filter((phrase) => normalise(phrase) !== phrase),
    ).toEqual([]);
  });

  it('agrees with a plain search for whole words', () => {
    const spaced = blocking.filter((entry) => !isUnspaced(entry.codePointAt(0) ?? 0));
    const words = [
      'new',
      'york',
      'blow',
      'job',
      'of',
      'to',
      'how',
      'kill',
      ...spaced.slice(0, 200),
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...words), { maxLength: 6 }), (some) => {
        const text = some.join(' ');
        const plain = spaced.some((entry) => ` ${text} `.includes(` ${entry} `));
        expect(isBlocked(text)).toBe(plain);
      }),
      { numRuns: 1000 },
    );
  });

  it('takes time linear in the text', () => {
    for (const unit of ['a ', 'how to ', '北', '操', 'セ', 'blow '])
      isBlocked(unit.repeat(100_000 / unit.length).trim());
    expect(isBlocked(`${'new '.repeat(25_000)}porn`)).toBe(true);
  });
});
