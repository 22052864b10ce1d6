/** How each consonant may be spelt in Latin letters. Digits as in chats. */
const SPELLINGS: Readonly<Record<string, readonly string[]>> = {
  ب: ['b', 'p'],
  پ: ['p', 'b'],
  ت: ['t'],
  ث: ['th', 's', 't'],
  ج: ['dj', 'j', 'g'],
  چ: ['tch', 'ch'],
  ح: ['h', '7'],
  خ: ['kh', '5'],
  د: ['d'],
  ذ: ['dh', 'th', 'z', 'd'],
  ر: ['r'],
  ز: ['z'],
  ژ: ['zh', 'j', 'z'],
  س: ['s'],
  ش: ['sh', 'ch'],
  ص: ['s', '9'],
  ض: ['dh', 'd', 'z'],
  ط: ['t', '6'],
  ظ: ['dh', 'th', 'z', 'd'],
  غ: ['gh', 'g', '8'],
  ف: ['ph', 'f', 'v'],
  ڤ: ['v', 'f'],
  ق: ['gh', 'q', 'k', 'c', 'g', '8', '9'],
  ك: ['ck', 'k', 'c'],
  ک: ['ck', 'k', 'c'],
  گ: ['g'],
  ل: ['l'],
  م: ['m'],
  ن: ['n'],
  ه: ['h'],
  ہ: ['h'],
  ٹ: ['t'],
  ڈ: ['d'],
  ڑ: ['r'],
  ں: ['n', ''],
  ھ: ['h', ''],
  و: ['w', 'v'],
  ي: ['y'],
  ی: ['y'],
  ے: ['y'],
};

/** Letters that stand for vowels, and the Latin ones of which one must be typed for each. */
const LONG: Readonly<Record<string, string>> = {
  ا: 'ae',
  آ: 'ae',
  و: 'ou',
  ؤ: 'ou',
  ي: 'ie',
  ی: 'ie',
  ے: 'ie',
  ئ: 'ie',
};
const UNHEARD = /[ءعأإٱىةئؤ\u064b-\u065f\u0670\u06d6-\u06ed]/;
const VOWELS = 'aeiou23';

/**
 * Whether a typed Latin word, the beginning of a word or all of it, can be read in an Arabic, Persian or Urdu term: salim in سليم and not in
 * سلام, for the long vowels that are written there must have been typed. A word typed without vowels is read in all.
 */
export function readsVowels(typed: string, term: string): boolean {
  if (!/[aeiou]/.test(typed)) return true;
  if (new Reading(typed, term).matches(0, 0)) return true;
  return term.startsWith('ال') && new Reading(typed, term.slice(2)).matches(0, 0);
}

/** One attempt: after each consonant a run of typed vowels, which the term's long vowels up to its next consonant must be in. */
class Reading {
  readonly #typed: string;
  readonly #term: string;

  constructor(typed: string, term: string) {
    this.#typed = typed;
    this.#term = term;
  }

  matches(from: number, at: number): boolean {
    const typed = this.#typed;
    let end = from;
    while (end < typed.length && VOWELS.includes(typed.charAt(end))) end++;
    if (end === typed.length) return true;
    return this.#continues(typed.slice(from, end), end, at);
  }

  /** `run`: the vowels typed before `from`, where a consonant was typed. */
  #continues(run: string, from: number, at: number): boolean {
    const letter = this.#term.charAt(at);
    if (letter === '') return this.#typed.slice(from) === 'h';
    if (at === 0 && /[اأإآٱعئ]/.test(letter)) {
      return run !== '' && this.#continues(run, from, at + 1);
    }
    const heard = LONG[letter];
    if (heard !== undefined && holdsOneOf(run, heard)) {
      if (this.#continues(run, from, at + 1)) return true;
    }
    if (UNHEARD.test(letter) && this.#continues(run, from, at + 1)) return true;
    return (SPELLINGS[letter] ?? []).some((spelling) => this.#spells(spelling, run, from, at));
  }

  #spells(spelling: string, run: string, from: number, at: number): boolean {
    const typed = this.#typed;
    if (spelling === '') return this.#continues(run, from, at + 1);
    const rest = typed.slice(from, from + spelling.length);
    if (!spelling.startsWith(rest)) return false;
    let end = from + rest.length;
    // A doubled letter is one: muhammad; also before h: eddhahab.
    if (typed.charAt(end) === spelling.charAt(0)) {
      if (this.matches(end + 1, at + 1)) return true;
      if (spelling.length > 1 && typed.startsWith(spelling.slice(1), end + 1)) end += 2;
    }
    return this.matches(end, at + 1);
  }
}

function holdsOneOf(run: string, letters: string): boolean {
  for (const letter of run) if (letters.includes(letter)) return true;
  return false;
}
