import {
  LatinSpelling,
  type SpellingRules,
  type TypedForms,
  typedForms,
} from './latin-spelling.ts';
import { distinctRewritings, type Rewriting } from './rewriting.ts';
import { type LetterTable, romanise } from './romanise.ts';

/** Scholars' and passports' letters of Russian, and of its neighbours where they have one of their own. */
const LETTERS: LetterTable = {
  а: 'a',
  б: 'b',
  в: 'v',
  г: 'g',
  д: 'd',
  е: 'e',
  ё: 'yo',
  ж: 'zh',
  з: 'z',
  и: 'i',
  й: 'y',
  к: 'k',
  л: 'l',
  м: 'm',
  н: 'n',
  о: 'o',
  п: 'p',
  р: 'r',
  с: 's',
  т: 't',
  у: 'u',
  ф: 'f',
  х: 'kh',
  ц: 'ts',
  ч: 'ch',
  ш: 'sh',
  щ: 'shch',
  ъ: '',
  ы: 'y',
  ь: '',
  ьо: 'yo',
  э: 'e',
  ю: 'yu',
  я: 'ya',
  сч: 'shch',
  // Ukrainian and Belarusian
  ґ: 'g',
  є: 'ye',
  і: 'i',
  ї: 'yi',
  ў: 'u',
  // Serbian and Macedonian
  ђ: 'dj',
  ј: 'j',
  љ: 'lj',
  њ: 'nj',
  ћ: 'ch',
  џ: 'dzh',
  ѓ: 'gj',
  ќ: 'kj',
  ѕ: 'dz',
  ѐ: 'e',
  ѝ: 'i',
  // Kazakh and its neighbours
  ә: 'a',
  ғ: 'g',
  қ: 'k',
  ң: 'n',
  ө: 'o',
  ұ: 'u',
  ү: 'u',
  һ: 'h',
};

/** Other ways, each for the terms that its letters are seen in. */
const OTHER_WAYS: readonly { readonly seen: RegExp; readonly letters: LetterTable }[] = [
  { seen: /ё/, letters: { ё: 'e' } },
  // Ukrainian and Belarusian г is h.
  { seen: /[ґєіїў].*г|г.*[ґєіїў]/, letters: { г: 'h' } },
  // Serbian without its diacritics: č, ć, š, ž.
  { seen: /[ђјљњћџ]/, letters: { ч: 'c', ћ: 'c', ш: 's', ж: 'z', џ: 'dz', ђ: 'dj' } },
  // Bulgarian: ъ is a vowel, щ is sht.
  { seen: /щ|ъ(?![еёюя])/, letters: { ъ: 'a', щ: 'sht' } },
  { seen: /ъ(?![еёюя])/, letters: { ъ: 'u', щ: 'sht' } },
];

/**
 * What typists agree on: i, y and j are one letter, several of them one, and silent before e; kh and h, ts and c, the spellings of
 * щ meet; soft and hard signs are nothing.
 */
const RULES: SpellingRules = {
  patterns: {
    y: 'i',
    j: 'i',
    kh: 'h',
    ts: 'c',
    tz: 'c',
    cz: 'c',
    tch: 'ch',
    tsch: 'ch',
    sch: 'sh',
    shch: 'sh',
    sh: 'sh',
    zh: 'zh',
    ch: 'ch',
    q: 'k',
    w: 'v',
    x: 'ks',
    ph: 'f',
  },
  single: true,
  softens: true,
  continuations: { k: ['h'], c: ['h'], t: ['s'], i: ['e'], y: ['e'], j: ['e'], p: ['h'] },
};

const common = new LatinSpelling(RULES);
/** For x as х and j as ж, in chats. */
const chatty = new LatinSpelling({
  ...RULES,
  patterns: { ...RULES.patterns, x: 'h', j: 'zh' },
});

/** The common romanised forms of a Cyrillic term: mostly one, more where languages or spellings differ. */
export function cyrillicRewritings(term: string): Rewriting[] {
  const ways = OTHER_WAYS.filter(({ seen }) => seen.test(term));
  const forms = [common.rewritingOf(romanise(term, LETTERS))];
  for (const { letters } of ways) forms.push(common.rewritingOf(romanise(term, letters, LETTERS)));
  return distinctRewritings(term, forms);
}

/** Such forms for a typed Latin word. */
export function cyrillicTyped(word: string): TypedForms {
  return typedForms(word, /[jx]/.test(word) ? [common, chatty] : [common]);
}
