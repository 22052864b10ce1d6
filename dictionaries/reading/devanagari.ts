import { LatinSpelling, type TypedForms, typedForms } from './latin-spelling.ts';
import { distinctRewritings, type Rewriting } from './rewriting.ts';
import type { LetterTable } from './romanise.ts';

const CONSONANTS: LetterTable = {
  क: 'k',
  ख: 'kh',
  ग: 'g',
  घ: 'gh',
  ङ: 'n',
  च: 'ch',
  छ: 'chh',
  ज: 'j',
  झ: 'jh',
  ञ: 'n',
  ट: 't',
  ठ: 'th',
  ड: 'd',
  ढ: 'dh',
  ण: 'n',
  त: 't',
  थ: 'th',
  द: 'd',
  ध: 'dh',
  न: 'n',
  प: 'p',
  फ: 'ph',
  ब: 'b',
  भ: 'bh',
  म: 'm',
  य: 'y',
  र: 'r',
  ल: 'l',
  व: 'v',
  श: 'sh',
  ष: 'sh',
  स: 's',
  ह: 'h',
  ळ: 'l',
  ज्ञ: 'gy',
};

/** Vowels after a consonant, and by themselves. */
const VOWELS: LetterTable = {
  'ा': 'aa',
  'ि': 'i',
  'ी': 'i',
  'ु': 'u',
  'ू': 'u',
  'ृ': 'ri',
  'े': 'e',
  'ै': 'ai',
  'ो': 'o',
  'ौ': 'au',
  'ॉ': 'o',
  'ॅ': 'e',
  '\u094d': '',
};

const OTHERS: LetterTable = {
  अ: 'a',
  आ: 'aa',
  इ: 'i',
  ई: 'i',
  उ: 'u',
  ऊ: 'u',
  ऋ: 'ri',
  ए: 'e',
  ऐ: 'ai',
  ओ: 'o',
  औ: 'au',
  ऑ: 'o',
  ऍ: 'e',
  'ः': 'h',
  ऽ: '',
};

const NUKTA = '\u093c';
/** ड़ and ढ़ are r to the ear. */
const FLAP: LetterTable = { ड: 'r', ढ: 'rh' };
const LABIAL = /[पफबभम]/;

/** Spellings of a within a word; at its start they are kept. The vowel of a consonant is seldom written the same way twice. */
const VOWEL_PATTERNS: Readonly<Record<string, string>> = {
  a: '',
  aa: '',
  ai: 'e',
  ay: 'e',
  ae: 'e',
  aai: 'e',
  aay: 'e',
  au: 'o',
  aau: 'o',
};

const initialPatterns = Object.fromEntries(
  Object.entries(VOWEL_PATTERNS).map(([pattern, form]) => [`^${pattern}`, form || 'a']),
);

const doubled = Object.fromEntries(
  Array.from('bdgjklmnprstvhf', (letter) => [letter + letter, letter]),
);

const common = new LatinSpelling({
  patterns: {
    ...VOWEL_PATTERNS,
    ...initialPatterns,
    ...doubled,
    ei: 'e',
    ey: 'e',
    ee: 'i',
    ii: 'i',
    iy: 'i',
    oo: 'u',
    uu: 'u',
    ou: 'o',
    w: 'v',
    z: 'j',
    zz: 'j',
    q: 'k',
    c: 'k',
    ck: 'k',
    ch: 'ch',
    cch: 'ch',
    chh: 'ch',
    cchh: 'ch',
    chch: 'ch',
    chchh: 'ch',
    ph: 'f',
    pph: 'f',
    x: 'ks',
  },
  single: false,
  softens: false,
  continuations: { p: ['h'], c: ['h'], e: ['e'], o: ['o'] },
});

/** The common romanised forms of a Devanagari term (Hindi, Marathi, Nepali): without the vowel a but at the start, other vowels short. */
export function devanagariRewritings(term: string): Rewriting[] {
  const forms = [romanised(term, true, true), romanised(term, false, true)];
  if (/ज्ञ|[ंँ]$/.test(term)) forms.push(romanised(term, true, false));
  return distinctRewritings(term, forms);
}

/** Such forms for a typed Latin word. */
export function devanagariTyped(word: string): TypedForms {
  const forms = typedForms(word, [common]);
  // The kept a of the start may still become ai or au.
  return forms.whole[0] === 'a' ? { whole: forms.whole, begun: ['e', 'o'] } : forms;
}

/** `flaps`: ड़ as r, else as d. `usual`: ज्ञ as gy and the nasal of the end written, else ज्ञ as jny and the nasal left out. */
function romanised(term: string, flaps: boolean, usual: boolean): Rewriting {
  let latin = '';
  const ends: number[] = [];
  const write = (letters: string, end: number) => {
    latin += letters;
    for (let unit = 0; unit < letters.length; unit++) ends.push(end);
  };
  for (let at = 0; at < term.length; ) {
    const joined = usual && term.startsWith('ज्ञ', at) ? 3 : 1;
    const letter = term.slice(at, at + joined);
    let end = at + joined;
    let consonant = CONSONANTS[letter];
    if (consonant === undefined) {
      write(otherLetter(term, at, usual), end);
      at = end;
      continue;
    }
    if (term.charAt(end) === NUKTA) {
      if (flaps) consonant = FLAP[letter] ?? consonant;
      end++;
    }
    const vowel = VOWELS[term.charAt(end)];
    write(consonant, end);
    if (vowel !== undefined) end++;
    write(vowel ?? 'a', end);
    at = end;
  }
  return common.rewritingOf({ latin, ends });
}

function otherLetter(term: string, at: number, usual: boolean): string {
  const letter = term.charAt(at);
  if (letter === 'ं' || letter === 'ँ') {
    if (at + 1 === term.length && !usual) return '';
    return LABIAL.test(term.charAt(at + 1)) ? 'm' : 'n';
  }
  const code = letter.charCodeAt(0);
  if (code >= 0x966 && code <= 0x96f) return String(code - 0x966);
  return OTHERS[letter] ?? VOWELS[letter] ?? letter;
}
