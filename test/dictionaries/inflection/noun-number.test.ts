import { describe, expect, test } from 'vitest';
import { numberKey, relateByNumber } from '../../../dictionaries/inflection/noun-number.ts';
import { fixesOrder } from '../../../dictionaries/inflection/order-words.ts';

const PLURALS: readonly (readonly [language: string, singular: string, plural: string])[] = [
  ['en', 'shoe', 'shoes'],
  ['en', 'house', 'houses'],
  ['en', 'bus', 'buses'],
  ['en', 'box', 'boxes'],
  ['en', 'watch', 'watches'],
  ['en', 'cache', 'caches'],
  ['en', 'city', 'cities'],
  ['en', 'key', 'keys'],
  ['en', 'movie', 'movies'],
  ['en', 'tie', 'ties'],
  ['en', 'potato', 'potatoes'],
  ['en', 'video', 'videos'],
  ['en', 'glove', 'gloves'],
  ['en', 'knife', 'knives'],
  ['en', 'man', 'men'],
  ['en', 'woman', 'women'],
  ['en', 'child', 'children'],
  ['en', 'mouse', 'mice'],
  ['es', 'zapato', 'zapatos'],
  ['es', 'cancion', 'canciones'],
  ['es', 'luz', 'luces'],
  ['es', 'hotel', 'hoteles'],
  ['es', 'mujer', 'mujeres'],
  ['es', 'movil', 'moviles'],
  ['es', 'infantil', 'infantiles'],
  ['es', 'celular', 'celulares'],
  ['es', 'reloj', 'relojes'],
  ['es', 'mueble', 'muebles'],
  ['es', 'dulce', 'dulces'],
  ['es', 'clase', 'clases'],
  ['es', 'joven', 'jovenes'],
  ['es', 'red', 'redes'],
  ['pt', 'mulher', 'mulheres'],
  ['pt', 'celular', 'celulares'],
  ['pt', 'nome', 'nomes'],
  ['pt', 'azul', 'azuis'],
  ['pt', 'facil', 'faceis'],
  ['pt', 'infantil', 'infantis'],
  ['pt', 'mao', 'maos'],
  ['pt', 'taxi', 'taxis'],
  ['pt', 'cancao', 'cancoes'],
  ['pt', 'jornal', 'jornais'],
  ['pt', 'viagem', 'viagens'],
  ['fr', 'bateau', 'bateaux'],
  ['fr', 'chaussure', 'chaussures'],
];

describe('singular and plural', () => {
  test.each(PLURALS)('in %s %s and %s share a key and are related', (language, one, many) => {
    expect(numberKey(many, language)).toBe(numberKey(one, language));
    expect(relateByNumber(one, many, language)).toBe('plural');
    expect(relateByNumber(many, one, language)).toBe('plural');
  });

  test.each([
    ['glass', 'glasses'],
    ['good', 'goods'],
    ['custom', 'customs'],
    ['new', 'news'],
    ['window', 'windows'],
    ['adam', 'adams'],
  ])('a plural with a meaning of its own is told: %s, %s', (one, many) => {
    expect(relateByNumber(one, many, 'en')).toBe('ownWord');
  });

  test.each([
    ['bos', 'boss'],
    ['pres', 'press'],
    ['thi', 'this'],
    ['hous', 'house'],
    ['walk', 'walked'],
    ['walk', 'walking'],
    ['compute', 'computer'],
    ['bas', 'base'],
  ])('what is no plural is not related: %s, %s', (a, b) => {
    expect(relateByNumber(a, b, 'en')).toBeNull();
  });

  test('words with digits, short words and other languages keep to themselves', () => {
    expect(numberKey('mp3s', 'en')).toBe('mp3s');
    expect(numberKey('as', 'en')).toBe('as');
    expect(numberKey('häuser', 'de')).toBe('häuser');
    expect(numberKey('собаки', 'ru')).toBe('собаки');
    expect(relateByNumber('hund', 'hunds', 'de')).toBeNull();
    expect(relateByNumber('ps4', 'ps4s', 'en')).toBeNull();
  });

  test.each([
    ['es', 'caso', 'casas'],
    ['es', 'la', 'las'],
    ['es', 'mano', 'manes'],
    ['pt', 'pao', 'pas'],
    ['pt', 'mulhere', 'mulher'],
  ])('in %s %s and %s are two words', (language, a, b) => {
    expect(relateByNumber(a, b, language)).not.toBe('plural');
  });

  test('genders are not numbers', () => {
    expect(numberKey('hermano', 'es')).not.toBe(numberKey('hermana', 'es'));
    expect(relateByNumber('hermano', 'hermanas', 'es')).toBeNull();
  });
});

describe('words that fix the order', () => {
  test('directions, comparisons and negations do, names do not', () => {
    for (const word of ['to', 'from', 'vs', 'not', 'or', 'nach', 'para', 'в', 'إلى']) {
      expect(fixesOrder(word)).toBe(true);
    }
    for (const word of ['apple', 'watch', '12', '']) expect(fixesOrder(word)).toBe(false);
  });
});
