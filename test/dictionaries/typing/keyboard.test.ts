import { describe, expect, it } from 'vitest';
import { KEYBOARDS, type KeyboardName, keyboardOf } from '../../../dictionaries/typing/keyboard.ts';

function neighbours(name: KeyboardName, letter: string, among: string): string {
  const code = letter.codePointAt(0)!;
  return [...among]
    .filter((other) => KEYBOARDS[name].areNeighbours(code, other.codePointAt(0)!))
    .join('');
}

const LATIN = 'abcdefghijklmnopqrstuvwxyz';

describe('Keyboard', () => {
  it('knows the keys around a key', () => {
    expect(neighbours('qwerty', 'g', LATIN)).toBe('bfhtvy');
    expect(neighbours('qwerty', 'a', LATIN)).toBe('qswz');
    expect(neighbours('azerty', 'a', LATIN)).toBe('qz');
    expect(neighbours('qwertz', 'y', LATIN)).toBe('asx');
    expect(neighbours('jcuken', 'а', 'абвгдежзийклмнопрстуфхцчшщъыьэюя')).toBe('векмпс');
    expect(neighbours('greek', 'σ', 'αβγδεζηθικλμνξοπρστυφχψω')).toContain('α');
    expect(neighbours('arabic', 'ل', 'ابتثجحخدذرزسشصضطظعغفقكلمنهوي')).toContain('ا');
  });

  it('is symmetric, and no key is beside itself', () => {
    for (const keyboard of Object.values(KEYBOARDS)) {
      const letters = [...`${LATIN}àéüßйцукенгшщзфывапролджячсмитьбюςερτυθιοπασδφγηضصثقفغعهشسيبلا`];
      const codes = letters.map((letter) => letter.codePointAt(0)!);
      const faults = codes.flatMap((a) =>
        codes.filter(
          (b) =>
            keyboard.areNeighbours(a, b) !== keyboard.areNeighbours(b, a) ||
            (a === b && keyboard.areNeighbours(a, b)),
        ),
      );
      expect(faults).toEqual([]);
    }
  });

  it('puts a letter with an accent where its plain letter is, unless it has a key of its own', () => {
    expect(neighbours('qwerty', 'é', LATIN)).toBe(neighbours('qwerty', 'e', LATIN));
    expect(neighbours('qwertz', 'ü', 'pö')).toBe('pö');
    expect(neighbours('qwerty', '京', LATIN)).toBe('');
    expect(neighbours('qwerty', '\u{1d400}', LATIN)).toBe('');
  });

  it('is chosen by script, then by language', () => {
    expect(keyboardOf('привет', 'de').name).toBe('jcuken');
    expect(keyboardOf('γεια', null).name).toBe('greek');
    expect(keyboardOf('سلام', 'fr').name).toBe('arabic');
    expect(keyboardOf('bonjour', 'fr-CA').name).toBe('azerty');
    expect(keyboardOf('über', 'de-AT').name).toBe('qwertz');
    expect(keyboardOf('hello', 'en').name).toBe('qwerty');
    expect(keyboardOf('hello', null).name).toBe('qwerty');
    expect(keyboardOf('3й', null).name).toBe('jcuken');
    expect(keyboardOf('', null).name).toBe('qwerty');
  });
});
