import { describe, expect, test } from 'vitest';
import { LIST_MARK } from '../../../indexer/input/column-binding.ts';
import { splitTags } from '../../../indexer/input/tag-list.ts';

describe('the tags in a cell', () => {
  test.each([
    ['music|new song', ['music', 'new song']],
    ['"music"|"new, old"|" "', ['music', 'new, old']],
    ['music, new song ,,pop', ['music', 'new song', 'pop']],
    ['料理、猫，犬', ['料理', '猫', '犬']],
    ['["music", "a | b", 3]', ['music', 'a | b']],
    ['[music]|pop', ['[music]', 'pop']],
    ['[music', ['[music']],
    ['"say ""hi"""|x', ['say "hi"', 'x']],
    ['[none]', []],
    [' [None] ', []],
    ['pop|[none]', ['pop']],
    ['', []],
    ['|', []],
  ])('%j are %j', (cell, tags) => {
    expect(splitTags(cell)).toEqual(tags);
  });

  test("a list's items stay whole, commas and bars and all", () => {
    const cell = ['a, b', 'c|d', ' ', '"q"'].map((tag) => LIST_MARK + tag).join('');
    expect(splitTags(cell)).toEqual(['a, b', 'c|d', '"q"']);
  });
});
