import { foldKana } from './kana-fold.ts';

/** A spelling in kana, Latin letters or both, in the one romaji that all ways of writing meet in. */
export interface Romaji {
  readonly key: string;
  /** For each UTF-16 unit of the spelling, how many letters of the key it gave. */
  readonly counts: readonly number[];
}

const VOWELS = 'aiueo';
const SMALL_VOWELS = 'ぁぃぅぇぉ';
const SMALL_YA = 'ゃゅょ';
const SMALL_YA_VOWELS = 'auo';
const DOUBLER = 'っ';
/** The length mark, the dot between words, marks of voicing that stand alone, signs that cling to letters. */
const UNHEARD = 'ー・\u3099\u309a+#&%';
/** Kana of the i row, which a small ya, yu or yo may follow. */
const I_ROW = 'きしちにひみりぎじぢびぴ';

const MORAE = new Map(
  (
    'あa いi うu えe おo かka きki くku けke こko さsa しsi すsu せse そso たta ちti つtu てte とto なna にni ぬnu ねne のno ' +
    'はha ひhi ふhu へhe ほho まma みmi むmu めme もmo やya ゆyu よyo らra りri るru れre ろro わwa ゐwi ゑwe をo んn がga ぎgi ' +
    'ぐgu げge ごgo ざza じzi ずzu ぜze ぞzo だda ぢzi づzu でde どdo ばba びbi ぶbu べbe ぼbo ぱpa ぴpi ぷpu ぺpe ぽpo ゔbu ' +
    'ぁa ぃi ぅu ぇe ぉo ゃya ゅyu ょyo ゎwa ゕka ゖke'
  )
    .split(' ')
    .map((mora): [string, string] => [mora.charAt(0), mora.slice(1)]),
);

/** What a kana is before a small vowel that does not repeat its own: ふぁ fa, てぃ ti, しぇ sye, うぃ wi. */
const BEFORE_SMALL_VOWEL = new Map([
  ['ふ', 'f'],
  ['ゔ', 'b'],
  ['て', 't'],
  ['で', 'z'],
  ['と', 't'],
  ['ど', 'z'],
  ['し', 'sy'],
  ['ち', 'ty'],
  ['じ', 'zy'],
  ['ぢ', 'zy'],
  ['う', 'w'],
]);

/** What a kana outside the i row is before a small ya, yu or yo: てゅ tyu, ふゅ fyu. */
const BEFORE_SMALL_YA = new Map([
  ['て', 'ty'],
  ['で', 'zy'],
  ['ふ', 'fy'],
  ['ゔ', 'by'],
]);

/**
 * The romaji of a spelling without spaces, lower-case: kana, Hepburn (shi, chi, tsu, fu, ji, sha, tch, mb), Kunrei (si, ti, tu, hu, zi,
 * sya), what input methods take (nn, wo, di for ぢ) and long vowels however written (ou, oo, ō, oh before a consonant, ー, or not at all) come to
 * the same letters. Katakana are read as hiragana; other characters stand for themselves. What differs: ぢ/ディ/ジ are zi, づ/ドゥ zu, ティ/チ ti,
 * トゥ/ツ tu, v is b, l is r, を o; doubled consonants stay doubled, ん is one n. Linear.
 *
 * Kunrei's letters are chosen because their rows begin alike (s of sa and si), so that a beginning of a spelling mostly gives a beginning of
 * its romaji; `typedRomaji` has the rest.
 */
export function canonicalRomaji(spelling: string): Romaji {
  const text = foldKana(spelling);
  const counts: number[] = [];
  let key = '';
  for (let at = 0; at < text.length; at++) {
    const before = key.length;
    const letters = lettersAt(text, at);
    for (let i = 0; i < letters.length; i++) {
      const letter = letters.charAt(i);
      if (!repeats(key.charAt(key.length - 1), letter)) key += letter;
    }
    counts.push(key.length - before);
  }
  return { key, counts };
}

/**
 * How typed spellings end, and what may follow: [an ending, [what is added to it, letters of the romaji that are taken off again][]]. The
 * ending's romaji depends on what comes: `sh` begins si and sya, `m` may be the n of nb, き the ky of kyo.
 */
const OPEN_ENDINGS: readonly [RegExp, readonly (readonly [string, number])[]][] = [
  [
    /[sc]h$/,
    [
      ['i', 0],
      ['a', 1],
    ],
  ],
  [
    /c$/,
    [
      ['hi', 1],
      ['', 0],
    ],
  ],
  [/ts$/, [['u', 0]]],
  [/j$/, [['i', 1]]],
  [
    /f$/,
    [
      ['u', 0],
      ['a', 1],
    ],
  ],
  [
    /d$/,
    [
      ['o', 1],
      ['i', 1],
    ],
  ],
  [
    /w$/,
    [
      ['a', 1],
      ['o', 0],
    ],
  ],
  [/[td]h$/, [['i', 1]]],
  [
    /m$/,
    [
      ['a', 1],
      ['ba', 2],
    ],
  ],
  [
    /oh$/,
    [
      ['a', 1],
      ['ta', 2],
    ],
  ],
  [
    /[きしちにひみりぎじぢびぴ]$/,
    [
      ['', 0],
      ['ょ', 1],
    ],
  ],
  [
    /[ふゔ]$/,
    [
      ['', 0],
      ['ぁ', 1],
    ],
  ],
  [
    /[てでう]$/,
    [
      ['', 0],
      ['ぃ', 0],
    ],
  ],
];

/**
 * The beginnings of romaji that a typed, perhaps unfinished spelling may mean: one, or two where its ending is open. For every spelling
 * s and every beginning p of s (by code points), one of them is a beginning of the romaji of s, if s is regular.
 */
export function typedRomaji(spelling: string): readonly string[] {
  const text = foldKana(spelling);
  const open = OPEN_ENDINGS.find(([ending]) => ending.test(text));
  if (open === undefined) return [canonicalRomaji(text).key];
  const beginnings = new Set<string>();
  for (const [added, surplus] of open[1]) {
    const { key } = canonicalRomaji(text + added);
    beginnings.add(key.slice(0, key.length - surplus));
  }
  return [...beginnings];
}

/** Whether a letter only makes the one before it longer: a vowel twice, u after o, n twice. */
function repeats(last: string, letter: string): boolean {
  if (letter === last) return letter === 'n' || VOWELS.includes(letter);
  return letter === 'u' && last === 'o';
}

function lettersAt(text: string, at: number): string {
  const character = text.charAt(at);
  if (character >= 'a' && character <= 'z') return latinLetters(text, at);
  if (UNHEARD.includes(character)) return '';
  if (character >= 'ぁ' && character <= 'ー') return kanaLetters(text, at);
  return character >= 'à' && character <= 'ž' ? withoutMark(character) : character;
}

/** ō and ô are o: long vowels as Hepburn and others mark them. */
function withoutMark(letter: string): string {
  const base = letter.normalize('NFD').charAt(0);
  return base >= 'a' && base <= 'z' ? base : letter;
}

function kanaLetters(text: string, at: number): string {
  const kana = text.charAt(at);
  const next = text.charAt(at + 1);
  if (kana === DOUBLER) return doubledLetter(text, at + 1);
  if (next !== '' && SMALL_YA.includes(next)) {
    if (I_ROW.includes(kana)) return `${MORAE.get(kana)!.charAt(0)}y`;
    return BEFORE_SMALL_YA.get(kana) ?? MORAE.get(kana) ?? kana;
  }
  const smallYa = SMALL_YA.indexOf(kana);
  if (smallYa >= 0 && takesSmallYa(text.charAt(at - 1))) return SMALL_YA_VOWELS.charAt(smallYa);
  const mora = MORAE.get(kana) ?? kana;
  const vowel = next === '' ? -1 : SMALL_VOWELS.indexOf(next);
  if (vowel < 0 || mora.endsWith(VOWELS.charAt(vowel))) return mora;
  if (kana === 'う' && next === 'ぉ') return '';
  return BEFORE_SMALL_VOWEL.get(kana) ?? mora;
}

function takesSmallYa(kana: string): boolean {
  return kana !== '' && (I_ROW.includes(kana) || BEFORE_SMALL_YA.has(kana));
}

/** What っ adds: the consonant that follows it once more. */
function doubledLetter(text: string, next: number): string {
  if (next >= text.length || text.charAt(next) === DOUBLER) return '';
  const letter = lettersAt(text, next).charAt(0);
  return letter >= 'b' && letter <= 'z' && !VOWELS.includes(letter) ? letter : '';
}

/** What a Latin letter gives, by the letters around it. */
function latinLetters(text: string, at: number): string {
  const letter = text.charAt(at);
  const last = text.charAt(at - 1);
  const next = text.charAt(at + 1);
  const afterNext = text.charAt(at + 2);
  switch (letter) {
    case 'c':
      return next === 'h' || next === 'y' || (next === 'c' && afterNext === 'h') ? 't' : 'k';
    case 'h':
      return lettersOfH(last, next);
    case 's':
      if (last !== 't' || !isVowel(next)) return 's';
      return next === 'u' ? '' : 'u';
    case 'j':
      return isVowel(next) && next !== 'i' ? 'zy' : 'z';
    case 'f':
      return next === 'u' || (next === 'f' && afterNext === 'u') ? 'h' : 'f';
    case 'd':
      return lettersOfD(next, afterNext);
    case 'w':
      return next === 'o' ? '' : 'w';
    case 'm':
      return next === 'b' || next === 'p' || next === 'm' ? 'n' : 'm';
    case 'v':
      return 'b';
    case 'l':
      return 'r';
    case 'q':
      return 'k';
    default:
      return letter;
  }
}

function lettersOfH(last: string, next: string): string {
  if (last === 's' || last === 'c') return isVowel(next) && next !== 'i' ? 'y' : '';
  if ((last === 't' || last === 'd') && (next === 'i' || next === 'u')) return '';
  const closesLongO = last === 'o' && next !== 'y' && next >= 'b' && next <= 'z' && !isVowel(next);
  return closesLongO ? '' : 'h';
}

function lettersOfD(next: string, afterNext: string): string {
  if (next === 'z') return '';
  if (next === 'h') return afterNext === 'i' || afterNext === 'u' ? 'z' : 'd';
  const decides = next === 'd' ? afterNext : next;
  return decides !== '' && 'iuy'.includes(decides) ? 'z' : 'd';
}

function isVowel(letter: string): boolean {
  return letter !== '' && VOWELS.includes(letter);
}
