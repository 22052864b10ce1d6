import { plainLetter } from './plain-letter.ts';

/** Which keys lie side by side on a keyboard, as a finger that misses one may hit the other. */
export interface Keyboard {
  readonly name: KeyboardName;
  /** Whether two different keys touch; a letter with an accent lies where its plain letter does. False for letters without a key. */
  areNeighbours(a: number, b: number): boolean;
}

export type KeyboardName = 'qwerty' | 'azerty' | 'qwertz' | 'jcuken' | 'greek' | 'arabic';

/**
 * Rows of keys from the digits down, each with how far it is moved to the right, in keys. Layouts: the operating systems'
 * "United States", "French", "German", "Russian", "Greek" and "Arabic (101)", keys without shift.
 */
const ROWS: Readonly<Record<KeyboardName, readonly string[]>> = {
  qwerty: ['1234567890-', 'qwertyuiop', "asdfghjkl;'", 'zxcvbnm,.'],
  azerty: ['&é"\'(-è_çà)', 'azertyuiop', 'qsdfghjklmù', 'wxcvbn,;:'],
  qwertz: ['1234567890ß', 'qwertzuiopü', 'asdfghjklöä', 'yxcvbnm,.-'],
  jcuken: ['1234567890-', 'йцукенгшщзхъ', 'фывапролджэ', 'ячсмитьбю'],
  greek: ['1234567890-', ';ςερτυθιοπ', 'ασδφγηξκλ', 'ζχψωβνμ,.'],
  arabic: ['1234567890-', 'ضصثقفغعهخحجد', 'شسيبلاتنمكط', 'ئءؤرىةوزظ'],
};
const SHIFT = [0, 0.5, 0.75, 1.25];

/** Keys touch whose middles are at most this far apart, in keys: those beside, and two above and below. */
const REACH = 1.3;

/** Letters of all these keyboards lie below this. */
const CODE_POINTS = 0x800;

class GridKeyboard implements Keyboard {
  readonly name: KeyboardName;
  /** Number of a letter's key from 1 on; 0 for a letter without one. */
  private readonly keys = new Uint8Array(CODE_POINTS);
  private readonly touching: Uint8Array;
  private readonly size: number;

  constructor(name: KeyboardName) {
    this.name = name;
    const places: { x: number; y: number }[] = [{ x: -10, y: -10 }];
    ROWS[name].forEach((row, y) => {
      [...row].forEach((letter, column) => {
        this.keys[letter.codePointAt(0)!] = places.length;
        places.push({ x: column + SHIFT[y]!, y });
      });
    });
    this.size = places.length;
    this.touching = new Uint8Array(this.size * this.size);
    for (let a = 1; a < this.size; a++) {
      for (let b = 1; b < this.size; b++) {
        const distance = Math.hypot(places[a]!.x - places[b]!.x, places[a]!.y - places[b]!.y);
        if (a !== b && distance <= REACH) this.touching[a * this.size + b] = 1;
      }
    }
  }

  areNeighbours(a: number, b: number): boolean {
    return this.touching[this.keyOf(a) * this.size + this.keyOf(b)] === 1;
  }

  private keyOf(letter: number): number {
    if (letter < CODE_POINTS && this.keys[letter] !== 0) return this.keys[letter]!;
    const plain = plainLetter(letter);
    return plain < CODE_POINTS ? this.keys[plain]! : 0;
  }
}

export const KEYBOARDS: Readonly<Record<KeyboardName, Keyboard>> = {
  qwerty: new GridKeyboard('qwerty'),
  azerty: new GridKeyboard('azerty'),
  qwertz: new GridKeyboard('qwertz'),
  jcuken: new GridKeyboard('jcuken'),
  greek: new GridKeyboard('greek'),
  arabic: new GridKeyboard('arabic'),
};

/** Languages whose keyboards swap some letters of QWERTY: French ones, and those of the German-speaking and neighbouring countries. */
const LATIN_KEYBOARDS: Readonly<Record<string, KeyboardName>> = {
  fr: 'azerty',
  de: 'qwertz',
  cs: 'qwertz',
  sk: 'qwertz',
  hu: 'qwertz',
  sl: 'qwertz',
  hr: 'qwertz',
  bs: 'qwertz',
  sr: 'qwertz',
};

/** The keyboard that a word was most likely typed on: its script decides, then the language (`fr`, `de-AT`), then QWERTY. */
export function keyboardOf(word: string, language: string | null): Keyboard {
  for (let at = 0; at < word.length; at++) {
    const unit = word.charCodeAt(at);
    if (unit < 0x80) {
      // A Latin letter; digits and signs tell nothing.
      if (unit >= 0x61 && unit <= 0x7a) break;
      continue;
    }
    if (unit >= 0x370 && unit < 0x400) return KEYBOARDS.greek;
    if (unit >= 0x400 && unit < 0x530) return KEYBOARDS.jcuken;
    if (unit >= 0x600 && unit < 0x700) return KEYBOARDS.arabic;
  }
  const name = language === null ? undefined : LATIN_KEYBOARDS[language.split('-', 1)[0]!];
  return KEYBOARDS[name ?? 'qwerty'];
}
