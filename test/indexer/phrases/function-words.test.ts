import { describe, expect, test } from 'vitest';
import { detectLanguage, isFunctionWord } from '../../../indexer/phrases/function-words.ts';

describe('function words', () => {
  test.each([
    ['the', ['en']],
    ['der', ['de']],
    ['не', ['ru']],
    ['de', ['es']],
    ['は', ['ja']],
    ['ve', ['tr']],
    ['dan', ['id']],
    ['में', ['hi']],
  ])('%s holds words together in %j', (word, languages) => {
    expect(isFunctionWord(word, languages)).toBe(true);
  });

  test('English words that name things are none, whatever wide lists say', () => {
    for (const word of ['home', 'world', 'system', 'bill', 'tv', 'computer']) {
      expect(isFunctionWord(word, ['en'])).toBe(false);
    }
    expect(isFunctionWord('der', ['en', 'fr'])).toBe(false);
  });
});

describe('the language of a text', () => {
  test.each([
    ['en', 'How to make the best pumpkin pie for your family'],
    ['de', 'So gelingt der beste Kuchen und das ist nicht schwer'],
    ['fr', 'La recette du gâteau que vous allez adorer dans votre cuisine'],
    ['es', 'La receta del pastel que más les gusta a los niños'],
    ['pt', 'A receita do bolo que você não pode deixar de fazer com a família'],
    ['ru', 'Как приготовить самый вкусный пирог для всей семьи'],
    ['tr', 'Bu pasta için gerekli olan her şey ve daha fazlası'],
    ['id', 'Cara membuat kue yang enak untuk keluarga dan teman'],
    ['ja', '猫とお昼寝してみた'],
    ['ko', '호박 파이 만들기 먹방'],
    ['th', 'วิธีทำพายฟักทอง'],
    ['zh', '南瓜派的做法'],
    ['el', 'Πώς να φτιάξετε την πίτα'],
    ['hi', 'कद्दू का हलवा कैसे बनाएं और यह क्यों है'],
    ['ar', 'كيف تصنع هذه الفطيرة من أجل كل من في البيت'],
  ])('%s', (language, text) => {
    expect(detectLanguage(text, undefined)).toBe(language);
  });

  test("the market's language holds where a text does not tell, and gives way where it does", () => {
    expect(detectLanguage('Halloween 2018', 'de')).toBe('de');
    expect(detectLanguage('Halloween 2018', undefined)).toBeUndefined();
    expect(detectLanguage('猫とお昼寝してみた', 'de')).toBe('ja');
    const turkish = 'bu bir dizi değil mi ve neden her şey gibi sonra daha çok ama ne için';
    expect(detectLanguage(turkish, 'de')).toBe('tr');
  });

  test('names in another script do not decide', () => {
    expect(detectLanguage('The new single of the band with all the lyrics 新曲', 'en')).toBe('en');
  });
});
