import { describe, expect, test } from 'vitest';
import { groupKeyOf, VariantFinder } from '../../../indexer/phrases/phrase-variants.ts';

function finderOf(
  group: 'none' | 'surface' | 'variants',
  forms: readonly string[],
  language = 'en',
) {
  const finder = new VariantFinder<string>(group);
  for (const form of forms) finder.add(form, [language], form);
  return (form: string) => finder.find(form, [language]);
}

describe('variants of phrases', () => {
  test('spacing makes no difference, unless forms are kept apart', () => {
    expect(finderOf('variants', ['spider man'])('spiderman')).toBe('spider man');
    expect(finderOf('surface', ['spider man'])('spiderman')).toBe('spider man');
    expect(finderOf('none', ['spider man'])('spiderman')).toBeUndefined();
    expect(finderOf('none', ['spider man'])('spider man')).toBe('spider man');
    expect(groupKeyOf('a b', 'none')).toBe('a b');
  });

  test.each([
    ['política', 'politica'],
    ['grêmio', 'gremio'],
    ['ёлка', 'елка'],
    ['أخبار', 'اخبار'],
    ['ねこ', 'ネコ'],
  ])('%s and %s are one', (form, other) => {
    expect(finderOf('variants', [form])(other)).toBe(form);
    expect(finderOf('surface', [form])(other)).toBeUndefined();
  });

  test('a plain plural is the same, one with a meaning of its own is not', () => {
    expect(finderOf('variants', ['funny video'])('funny videos')).toBe('funny video');
    expect(finderOf('variants', ['celebrities'])('celebrity')).toBe('celebrities');
    expect(finderOf('variants', ['noticia'], 'es')('noticias')).toBe('noticia');
    expect(finderOf('variants', ['glass'])('glasses')).toBeUndefined();
    expect(finderOf('variants', ['funny video'])('funny dogs')).toBeUndefined();
    expect(finderOf('surface', ['video'])('videos')).toBeUndefined();
  });

  test('the form that was added first answers for its variants', () => {
    expect(finderOf('variants', ['k pop', 'kpop'])('kpop')).toBe('k pop');
  });
});
