import { describe, expect, test } from 'vitest';
import { normalise } from '../../../dictionaries/normalise.ts';
import { weighWord } from '../../../indexer/phrases/format-words.ts';

function weightsOf(text: string, language: string): string[] {
  return normalise(text)
    .split(' ')
    .map((word) => weighWord(word, ['en', language]));
}

describe('what the words of a video title weigh', () => {
  test.each([
    ['Official Video', 'en'],
    ['Full Episode 12', 'en'],
    ['October 31st, 2018', 'en'],
    ['Ganze Folge 5', 'de'],
    ['31. Oktober', 'de'],
    ['Clip Officiel', 'fr'],
    ['octobre 2018', 'fr'],
    ['Capítulo 7 completo', 'es'],
    ['miércoles 31 octubre', 'es'],
    ['Miercoles', 'es'],
    ['выпуск 31 октября', 'ru'],
    ['2. Bölüm Fragmanı', 'tr'],
    ['31 Ekim', 'tr'],
    ['S01E02 1080p', 'en'],
    ['10월 31일', 'ko'],
    ['3회 예고', 'ko'],
    ['公式', 'ja'],
    ['ต.ค. 61', 'th'],
    ['الحلقة 5', 'ar'],
  ])('%s says nothing of what it is about', (text, language) => {
    expect(new Set(weightsOf(text, language))).toEqual(new Set(['format']));
  });

  test.each([
    ['halloween', 'content'],
    ['bts', 'content'],
    ['music', 'genre'],
    ['Фильмы', 'genre'],
    ['best', 'qualifier'],
    ['новый', 'qualifier'],
  ])('%s is %s', (word, weight) => {
    expect(weightsOf(word, 'ru')).toEqual([weight]);
  });

  test('names of months count in the languages that are spoken only', () => {
    expect(weighWord('mars', ['fr'])).toBe('format');
    expect(weighWord('mars', ['en'])).toBe('content');
  });
});
