import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalise } from '../../../../dictionaries/normalise.ts';
import { isBlocked } from '../../../../dictionaries/safety/blocklist.ts';
import { readEntries } from '../../../../dictionaries/safety/blocklist-entries.ts';
import { innocentPhrases } from '../../../../dictionaries/safety/blocklist-exemptions.ts';
import { ORDINARY } from './ordinary-texts.ts';

const innocent = new Set(innocentPhrases);
const spaced = readEntries().spaced.map((words) => words.join(' '));
const latin = spaced.filter((entry) => /^[a-z ]+$/.test(entry));
const words = latin.filter((entry) => /^[a-z]{3,}$/.test(entry));

function blocks(raw: string): boolean {
  return isBlocked(normalise(raw), raw);
}

/** The disguises that pass, of entries that are long enough for it to be believed; an empty list is what should be. */
function passing(entries: readonly string[], disguise: (entry: string) => string): string[] {
  expect(entries.length).toBeGreaterThan(100);
  return entries.map(disguise).filter((text) => !blocks(text));
}

function replaceLetters(table: Readonly<Record<string, string>>, most = Number.POSITIVE_INFINITY) {
  return (entry: string) => {
    let left = most;
    return entry.replace(/\p{L}/gu, (letter) =>
      table[letter] !== undefined && left-- > 0 ? table[letter] : letter,
    );
  };
}

const changedBy = (disguise: (entry: string) => string) => (entry: string) =>
  disguise(entry) !== entry;

describe('blocked words in disguise', () => {
  it('are found with their letters spaced, dotted, dashed or underlined apart', () => {
    const long = latin.filter((entry) => entry.replaceAll(' ', '').length >= 7 || !/ /.test(entry));
    const apart = long.filter((entry) => entry.length > 2 && !innocent.has([...entry].join(' ')));
    for (const separator of [' ', '.', '-', '_', ' . ', '/']) {
      expect(passing(apart, (entry) => [...entry.replaceAll(' ', '')].join(separator))).toEqual([]);
    }
    expect(blocks('free s e x now')).toBe(true);
    expect(blocks('씨 발')).toBe(true);
    expect(blocks('操 你 妈')).toBe(true);
  });

  it('are found with a letter written as a digit or a sign', () => {
    const digits = { o: '0', i: '1', l: '1', e: '3', a: '4', s: '5', t: '7', b: '8', g: '9' };
    const leet = replaceLetters(digits, 1);
    const inner = words.filter(
      (entry) => changedBy(leet)(entry) && (entry.length > 4 || !/\d$/.test(leet(entry))),
    );
    expect(passing(inner, leet)).toEqual([]);
    expect(
      passing(words.filter(changedBy(replaceLetters({ s: '$' }))), replaceLetters({ s: '$' })),
    ).toEqual([]);
  });

  it('are found with letters of other scripts, small capitals and styled letters', () => {
    const cyrillic = replaceLetters(
      { a: 'а', c: 'с', e: 'е', o: 'о', p: 'р', x: 'х', y: 'у', k: 'к', m: 'м' },
      2,
    );
    expect(passing(words.filter(changedBy(cyrillic)), cyrillic)).toEqual([]);
    const greek = replaceLetters({ o: 'ο', a: 'α', v: 'ν', i: 'ι' }, 2);
    expect(passing(words.filter(changedBy(greek)), greek)).toEqual([]);
    const small = replaceLetters({
      b: 'ʙ',
      o: 'ᴏ',
      w: 'ᴡ',
      j: 'ᴊ',
      k: 'ᴋ',
      u: 'ᴜ',
      n: 'ɴ',
      i: 'ɪ',
    });
    expect(passing(words.filter(changedBy(small)), small)).toEqual([]);
    const wide = (entry: string) =>
      entry.replace(/[a-z]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0));
    expect(passing(latin, wide)).toEqual([]);
    const bold = (entry: string) =>
      entry.replace(/[a-z]/g, (letter) =>
        String.fromCodePoint(letter.charCodeAt(0) - 0x61 + 0x1d41a),
      );
    expect(passing(latin, bold)).toEqual([]);
    const russian = spaced.filter(
      (entry) => /^\p{Script=Cyrillic}+$/u.test(entry) && /[асеорху]/.test(entry),
    );
    const mixed = replaceLetters({ а: 'a', с: 'c', е: 'e', о: 'o', р: 'p', х: 'x', у: 'y' }, 1);
    expect(russian.map(mixed).filter((text) => !blocks(text))).toEqual([]);
    expect(russian.length).toBeGreaterThan(20);
  });

  it('are found stretched, struck through, accented or with invisible characters between letters', () => {
    const stretchable = words.filter((entry) => !/^(.)\1*$/.test(entry));
    for (const times of [3, 7]) {
      expect(
        passing(stretchable, (entry) => entry.replace(/.$/, (letter) => letter.repeat(times))),
      ).toEqual([]);
      expect(
        passing(stretchable, (entry) => entry.replace(/^./, (letter) => letter.repeat(times))),
      ).toEqual([]);
    }
    for (const between of [
      '\u0336',
      '\u200b',
      '\u200d',
      '\u00ad',
      '\u2060',
      '\ufe0f',
      '\u0334\u0335',
    ]) {
      expect(passing(latin, (entry) => [...entry].join(between))).toEqual([]);
    }
    const accents = replaceLetters({
      a: 'á',
      e: 'ê',
      i: 'ì',
      o: 'ö',
      u: 'ú',
      n: 'ñ',
      c: 'ç',
      s: 'š',
    });
    const accented = words.filter((entry) => entry.length >= 7 && changedBy(accents)(entry));
    expect(passing(accented, accents)).toEqual([]);
  });

  it('are found with a letter masked, given the text as it was written', () => {
    const long = words.filter((entry) => entry.length >= 4);
    for (const mask of ['*', '•', '＊']) {
      for (const at of [1, 2]) {
        const masked = (entry: string) => entry.slice(0, at) + mask + entry.slice(at + 1);
        expect(passing(long, masked)).toEqual([]);
      }
    }
    expect(blocks('what the f**k')).toBe(true);
    expect(blocks('F@CK!')).toBe(true);
    expect(blocks('bl*w job')).toBe(true);
  });

  it('are found without the spaces between and within them', () => {
    const phrases = latin.filter(
      (entry) =>
        / /.test(entry) &&
        entry.replaceAll(' ', '').length >= 7 &&
        !innocent.has(entry.replaceAll(' ', '')),
    );
    expect(passing(phrases, (entry) => entry.replaceAll(' ', ''))).toEqual([]);
    const four = words.filter((entry) => entry.length >= 4);
    fc.assert(
      fc.property(fc.constantFrom(...four), fc.constantFrom(...four), (first, second) => {
        expect(blocks(first + second) || innocent.has(first + second)).toBe(true);
      }),
    );
  });

  it('are found before Korean particles', () => {
    const korean = spaced.filter(
      (entry) => /^\p{Script=Hangul}{2,}$/u.test(entry) && !/^(?:보지|자지|고자)$/.test(entry),
    );
    expect(korean.length).toBeGreaterThan(40);
    for (const particle of ['는', '를', '에서', '의']) {
      expect(korean.map((entry) => entry + particle).filter((text) => !blocks(text))).toEqual([]);
    }
    expect(blocks('보지도 못한')).toBe(false);
    expect(blocks('씹는 껌')).toBe(false);
  });
});

describe('ordinary texts', () => {
  it('are not taken for disguises', () => {
    expect(ORDINARY.filter(blocks)).toEqual([]);
  });

  it('are never blocked for digits, signs or masks alone', () => {
    expect(blocks('5*01')).toBe(false);
    const text = fc.array(fc.constantFrom(...'0123456789.-/ $€%*#&+'), { maxLength: 30 });
    fc.assert(
      fc.property(text, (characters) => {
        expect(blocks(characters.join(''))).toBe(false);
      }),
    );
  });

  it('and long ones take time linear in their length', () => {
    for (const unit of [
      'a ',
      'f*ck',
      's3',
      'a*b ',
      'ааa',
      'fuc',
      'sex',
      'á',
      '씨 ',
      '操 ',
      'o\u0336',
      'aaa ',
      'xx* ',
    ]) {
      blocks(unit.repeat(50_000 / unit.length));
    }
    expect(blocks(`${'new '.repeat(20_000)}p0rn`)).toBe(true);
  });
});
