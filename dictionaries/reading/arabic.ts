import {
  LatinSpelling,
  type SpellingRules,
  type TypedForms,
  typedForms,
} from './latin-spelling.ts';
import { distinctRewritings, type Rewriting } from './rewriting.ts';

/** Consonants of Arabic, Persian and Urdu in the common form, in which sounds that typists confuse meet. */
const CONSONANTS: Readonly<Record<string, readonly string[]>> = {
  ب: ['b'],
  پ: ['b'],
  ت: ['t'],
  ث: ['t', 's'],
  ج: ['g'],
  چ: ['sh'],
  ح: ['h'],
  خ: ['x'],
  د: ['d'],
  ذ: ['d', 'z'],
  ر: ['r'],
  ز: ['z'],
  ژ: ['z'],
  س: ['s'],
  ش: ['sh'],
  ص: ['s'],
  ض: ['d', 'z'],
  ط: ['t'],
  ظ: ['z', 'd'],
  غ: ['g'],
  ف: ['f'],
  ڤ: ['f'],
  ق: ['k'],
  ك: ['k'],
  ک: ['k'],
  گ: ['g'],
  ل: ['l'],
  م: ['m'],
  ن: ['n'],
  ه: ['h'],
  ہ: ['h'],
  ھ: ['', 'h'],
  ٹ: ['t'],
  ڈ: ['d'],
  ڑ: ['r'],
  ں: ['n', ''],
};

/** Vowels, and what is written like one or not at all. */
const SILENT = /[اأإآٱعءئؤى]/;
const GLIDES: Readonly<Record<string, string>> = { و: 'w', ؤ: 'w', ي: 'y', ی: 'y', ے: 'y' };
const MARKS = /[\u064b-\u065f\u0670\u06d6-\u06ed]/;
const ARTICLE = /^ال(?=.{2})/;

/** Forms of one term at most (without its article as many again): each glide that may be a vowel doubles them, and is a vowel only beyond. */
const MOST_FORMS = 8;

const PATTERNS: Readonly<Record<string, string>> = {
  '^a': 'a',
  '^e': 'a',
  '^i': 'a',
  '^o': 'a',
  '^u': 'a',
  '^2': 'a',
  '^3': 'a',
  a: '',
  e: '',
  i: '',
  o: '',
  u: '',
  '2': '',
  '3': '',
  '5': 'x',
  '6': 't',
  '7': 'h',
  '8': 'k',
  '9': 's',
  c: 'k',
  ch: 'sh',
  tch: 'sh',
  dh: 'd',
  ddh: 'd',
  dj: 'g',
  gh: 'g',
  ggh: 'g',
  j: 'g',
  jj: 'g',
  kh: 'x',
  kkh: 'x',
  ck: 'k',
  p: 'b',
  pp: 'b',
  ph: 'f',
  q: 'k',
  qq: 'k',
  sh: 'sh',
  ssh: 'sh',
  th: 't',
  tth: 't',
  v: 'w',
  x: 'ks',
  zh: 'z',
  ...Object.fromEntries(Array.from('bdfghklmnrstwyz', (letter) => [letter + letter, letter])),
};

const RULES: SpellingRules = {
  patterns: PATTERNS,
  single: false,
  softens: false,
  continuations: { k: ['h'], c: ['h'], d: ['j'], p: ['h'], t: ['ch'] },
};

const common = new LatinSpelling(RULES);
/** 9 as ق (Maghreb), v as in loan words. */
const other = new LatinSpelling({ ...RULES, patterns: { ...PATTERNS, '9': 'k', v: 'f' } });

/**
 * The consonants of an Arabic, Persian or Urdu term in their common form, the vowel of its start as a. Vowels are left out, since
 * short ones aren't written; و and ي, which are vowels or consonants, are there in some forms and not in others. With the article
 * al- also the forms without it.
 */
export function arabicRewritings(term: string): Rewriting[] {
  const forms = skeletons(term, 0);
  if (ARTICLE.test(term)) forms.push(...skeletons(term, 2));
  return distinctRewritings(term, forms);
}

/** Such forms for a typed Latin word, in which digits stand for letters as in chats (7abibi). */
export function arabicTyped(word: string): TypedForms {
  return typedForms(word, /[9v]/.test(word) ? [common, other] : [common]);
}

function skeletons(term: string, from: number): Rewriting[] {
  let forms: Rewriting[] = [{ key: '', ends: [] }];
  for (let at = from; at < term.length; at++) {
    const options = optionsOf(term, at, from);
    if (options.length === 1 && options[0] === '') continue;
    const few = forms.length * options.length > MOST_FORMS ? options.slice(0, 1) : options;
    forms = few.flatMap((option) => forms.map((form) => extend(form, option, at + 1)));
  }
  return forms;
}

function extend(form: Rewriting, letters: string, end: number): Rewriting {
  if (letters === '') return form;
  return { key: form.key + letters, ends: [...form.ends, ...Array.from(letters, () => end)] };
}

function optionsOf(term: string, at: number, from: number): readonly string[] {
  const letter = term.charAt(at);
  if (MARKS.test(letter)) return [''];
  const last = at + 1 === term.length;
  const glide = GLIDES[letter];
  if (glide !== undefined) return at === from ? [glide] : ['', glide];
  if (SILENT.test(letter)) return [at === from ? 'a' : ''];
  if (letter === 'ة') return ['', 'h'];
  const consonants = CONSONANTS[letter] ?? [letter];
  return last && (letter === 'ه' || letter === 'ہ') ? ['', ...consonants] : consonants;
}
