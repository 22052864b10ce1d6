import { foldHan } from './han-fold.ts';
import { foldKana } from './kana-fold.ts';
import { HAN, KANA, LATIN, scriptOf } from './letters.ts';
import { distinctRewritings, type Rewriting } from './rewriting.ts';

// Texts have a dozen forms in memory: looked up in each of them, as `text.charCodeAt` does, the method costs four times as much as what it answers.
const { charCodeAt } = String.prototype;

/** Letters that no decomposition takes to their plain form. */
const PLAIN: Readonly<Record<string, string>> = {
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ł: 'l',
  ħ: 'h',
  ŧ: 't',
  ŋ: 'n',
  ə: 'e',
  ĸ: 'k',
  ƒ: 'f',
  ɓ: 'b',
  ɗ: 'd',
  ƙ: 'k',
  ƴ: 'y',
  // й and ў are letters of their own, ё and ґ are often written without their mark.
  й: 'й',
  ў: 'ў',
  ї: 'ї',
  ѓ: 'ѓ',
  ќ: 'ќ',
  ґ: 'г',
  // Arabic: alef, hamza carriers, ya, ta marbuta; Persian and Urdu ya, kaf and ha.
  ٱ: 'ا',
  ى: 'ي',
  ی: 'ي',
  ے: 'ي',
  ۓ: 'ي',
  ة: 'ه',
  ۃ: 'ه',
  ہ: 'ه',
  ۂ: 'ه',
  ۀ: 'ه',
  ھ: 'ه',
  ک: 'ك',
  ڪ: 'ك',
  ء: '',
  // Chandrabindu and anusvara meet.
  '\u0901': '\u0902',
};

/** German and Nordic spellings for keyboards without the letter. */
const DIGRAPHS: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', ø: 'oe', å: 'aa' };
const HAS_DIGRAPH = /[äöüøå]/;

/** Marks that go: Latin accents, Hebrew points, Arabic vowel signs, the Devanagari nukta. */
const MARKS =
  /[\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u093c]/g;

const VIRAMA = 0x94d;
const ANUSVARA = '\u0902';

const folded = new Map<number, string>();

/** A code point without its accents and forms. Remembered, since few letters make all text. */
function foldPoint(point: number): string {
  let form = folded.get(point);
  if (form === undefined) {
    form = workOut(String.fromCodePoint(point));
    folded.set(point, form);
  }
  return form;
}

function workOut(character: string): string {
  const known = PLAIN[character];
  if (known !== undefined) return known;
  const script = scriptOf(character.codePointAt(0)!);
  if (script === HAN) return foldHan(character);
  if (script === KANA) return foldKana(character);
  const base = character.normalize('NFD').replace(MARKS, '');
  return base === character ? character : base.replace(/./gu, (one) => PLAIN[one] ?? one);
}

/** The folded form of a normalised text; the text itself when nothing is folded in it. Linear. */
export function fold(text: string): string {
  const { length } = text;
  for (let at = 0; at < length; at++) {
    if (charCodeAt.call(text, at) > 0x7f) return rewrite(text, false).key;
  }
  return text;
}

/** A nasal at the end of a typed word, joined or not to a consonant to come. */
const LAST_NASAL = /(?<=.)[ङञणनम]\u094d?$/u;

/** The folded form of a Devanagari word whose last nasal is one before a consonant to come (हिन, of हिन्दी: हिं); null when there is none. */
export function foldLastNasal(word: string): string | null {
  return LAST_NASAL.test(word) ? fold(word.replace(LAST_NASAL, ANUSVARA)) : null;
}

/** The forms of a term that keyboards without its accents give, other than the term: one, or two where digraphs are spelt (munchen, muenchen). */
export function foldRewritings(term: string): Rewriting[] {
  const forms = [rewrite(term, false)];
  if (HAS_DIGRAPH.test(term)) forms.push(rewrite(term, true));
  return distinctRewritings(term, forms);
}

function rewrite(text: string, digraphs: boolean): Rewriting {
  let key = '';
  const ends: number[] = [];
  for (let at = 0; at < text.length; ) {
    const point = text.codePointAt(at)!;
    let end = at + (point > 0xffff ? 2 : 1);
    let form: string;
    if (point < 0x80) {
      form = text.charAt(at);
    } else if (isHalfNasal(text, at)) {
      // हिन्दी and हिंदी: a nasal joined to the next consonant is written as anusvara too.
      form = ANUSVARA;
      end = at + 2;
    } else {
      form = (digraphs ? DIGRAPHS[text.charAt(at)] : undefined) ?? foldPoint(point);
    }
    key += form;
    for (let unit = 0; unit < form.length; unit++) ends.push(end);
    at = end;
  }
  return { key, ends };
}

/** Whether a Devanagari nasal consonant with a virama stands here before another consonant that is no nasal and no y, r, l, v, h. */
function isHalfNasal(text: string, at: number): boolean {
  const code = charCodeAt.call(text, at);
  if (code < 0x919 || code > 0x92e || charCodeAt.call(text, at + 1) !== VIRAMA) return false;
  if (!isNasal(code)) return false;
  const next = charCodeAt.call(text, at + 2);
  return ((next >= 0x915 && next <= 0x92d) || (next >= 0x936 && next <= 0x938)) && !isNasal(next);
}

function isNasal(code: number): boolean {
  return code === 0x919 || code === 0x91e || code === 0x923 || code === 0x928 || code === 0x92e;
}

/**
 * Whether a term's Latin letters carry every accent that was typed: typed é needs é (or ế, which has more), typed e takes e and é, typed ue
 * takes ü. Accents and forms of other scripts are optional on both sides: typists of Arabic, Greek, Russian or Hindi leave them out and put
 * them in at will.
 */
export function carriesAccents(typedWord: string, term: string): boolean {
  if (!hasLatinAccent(typedWord)) return true;
  const typed = typedWord.normalize('NFD');
  const carried = term.normalize('NFD');
  if (carried.startsWith(typed)) return true;
  return aligns(units(typedWord), units(term), 0, 0);
}

function hasLatinAccent(text: string): boolean {
  const { length } = text;
  for (let at = 0; at < length; at++) {
    const code = charCodeAt.call(text, at);
    if (code > 0x7f && scriptOf(code) === LATIN) return true;
  }
  return false;
}

/** A text's letters with their marks, each decomposed. */
function units(text: string): string[] {
  return text.normalize('NFD').match(/\P{M}\p{M}*/gu) ?? [];
}

/** Whether typed units are the beginning of a term's, from offsets on; a term's letter may be spelt with two. */
function aligns(
  typed: readonly string[],
  term: readonly string[],
  from: number,
  at: number,
): boolean {
  let here = from;
  let there = at;
  for (; here < typed.length; here++, there++) {
    const wanted = typed[here]!;
    const given = term[there];
    if (given === undefined) return false;
    for (const spelling of spellings(given)) {
      const rest = typed.slice(here, here + spelling.length).join('');
      if (!spelling.startsWith(rest)) continue;
      if (aligns(typed, term, here + rest.length, there + 1)) return true;
    }
    if (given !== wanted && !holdsMarks(wanted, given)) return false;
  }
  return true;
}

function holdsMarks(wanted: string, given: string): boolean {
  if (!plainOf(wanted.charAt(0), given.charAt(0))) return false;
  for (const mark of wanted.slice(1)) if (!given.includes(mark)) return false;
  return true;
}

function plainOf(wanted: string, given: string): boolean {
  return wanted === given || PLAIN[given] === wanted;
}

function spellings(given: string): string[] {
  const letter = given.normalize('NFC');
  return [PLAIN[letter], DIGRAPHS[letter]].filter(
    (spelling) => spelling !== undefined && spelling.length > 1,
  ) as string[];
}
