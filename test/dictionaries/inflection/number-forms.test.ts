import { describe, expect, it } from 'vitest';
import { relateByNumber } from '../../../dictionaries/inflection/noun-number.ts';
import { numberForms } from '../../../dictionaries/inflection/number-forms.ts';

const PAIRS: readonly (readonly [language: string, singular: string, plural: string])[] = [
  ['en', 'dog', 'dogs'],
  ['en', 'house', 'houses'],
  ['en', 'box', 'boxes'],
  ['en', 'city', 'cities'],
  ['en', 'movie', 'movies'],
  ['en', 'potato', 'potatoes'],
  ['en', 'knife', 'knives'],
  ['en', 'child', 'children'],
  ['en', 'mouse', 'mice'],
  ['es', 'zapato', 'zapatos'],
  ['es', 'cancion', 'canciones'],
  ['es', 'luz', 'luces'],
  ['pt', 'mulher', 'mulheres'],
  ['pt', 'avao', 'avoes'],
  ['pt', 'papel', 'papeis'],
  ['pt', 'facil', 'faceis'],
  ['pt', 'barril', 'barris'],
  ['pt', 'homem', 'homens'],
  ['fr', 'chien', 'chiens'],
  ['fr', 'gateau', 'gateaux'],
  ['fr', 'cheval', 'chevaux'],
  ['fr', 'jeu', 'jeux'],
];

describe('number forms', () => {
  it.each(PAIRS)('%s: lead from %s to %s and back', (language, singular, plural) => {
    expect(numberForms(singular, language)).toContain(plural);
    expect(numberForms(plural, language)).toContain(singular);
  });

  it('are related to the word by number, sorted, and never the word itself', () => {
    for (const [language, ...words] of PAIRS) {
      for (const word of words) {
        const forms = numberForms(word, language);
        expect(forms).not.toContain(word);
        expect([...forms].sort()).toEqual(forms);
        for (const form of forms) expect(relateByNumber(word, form, language)).toBe('plural');
      }
    }
  });

  it('are none of a plural with a meaning of its own, of digits, and in a language without rules', () => {
    expect(numberForms('news', 'en')).not.toContain('new');
    expect(numberForms('glass', 'en')).not.toContain('glasses');
    expect(numberForms('2024', 'en')).toEqual([]);
    expect(numberForms('hunde', 'de')).toEqual([]);
  });
});
