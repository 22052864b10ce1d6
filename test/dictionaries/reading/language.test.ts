import { describe, expect, it } from 'vitest';
import { detectLanguage } from '../../../dictionaries/reading/language.ts';

describe('detectLanguage', () => {
  it.each([
    ['서울 날씨', 'ko'],
    ['ラーメン 東京', 'ja'],
    ['東京の天気', 'ja'],
    ['北京天气', 'zh'],
    ['ภาษาไทย', 'th'],
    ['أخبار اليوم', 'ar'],
    ['آب و هوای تهران', 'fa'],
    ['گوگل', 'fa'],
    ['لڑکی', 'ur'],
    ['हिन्दी गाने', 'hi'],
    ['погода', 'ru'],
    ['Київ', 'uk'],
    ['Београд вести Ђоковић', 'sr'],
    ['българия', 'bg'],
    ['θεσσαλονίκη', 'el'],
    ['שלום', 'he'],
    ['điện thoại', 'vi'],
    ['hava durumu ağaç', 'tr'],
    ['łódź pogoda', 'pl'],
    ['straße', 'de'],
    ['mañana', 'es'],
    ['previsão', 'pt'],
  ])('reads %s as %s without a market', (text, language) => {
    expect(detectLanguage(text, null)).toBe(language);
    expect(detectLanguage(text, 'und')).toBe(language);
  });

  it.each([
    ['weather', 'en-GB', 'en'],
    ['cuaca jakarta', 'id-ID', 'id'],
    ['wetter', 'de', 'de'],
    ['東京', 'ja-JP', 'ja'],
    ['東京', 'zh-TW', 'zh'],
    ['东京', null, 'zh'],
    ['новости', 'bg-BG', 'bg'],
    ['мир', 'uk-UA', 'uk'],
    ['گوگل', 'ar-EG', 'ar'],
    ['नमस्कार', 'mr-IN', 'mr'],
    ['beograd', 'sr-Latn', 'sr'],
    ['mañana', 'en-US', 'en'],
  ])('reads %s in the market %s as %s', (text, market, language) => {
    expect(detectLanguage(text, market)).toBe(language);
  });

  it('trusts the script over a market that is not written in it', () => {
    expect(detectLanguage('погода', 'en-US')).toBe('ru');
    expect(detectLanguage('서울', 'ja-JP')).toBe('ko');
    expect(detectLanguage('こんにちは', 'zh-CN')).toBe('ja');
    expect(detectLanguage('điện thoại', 'ko-KR')).toBe('vi');
  });

  it('says nothing where nothing tells', () => {
    expect(detectLanguage('weather', null)).toBeNull();
    expect(detectLanguage('weather', 'ru-RU')).toBeNull();
    expect(detectLanguage('2024', 'en')).toBeNull();
    expect(detectLanguage('', 'en')).toBeNull();
    expect(detectLanguage('தமிழ்', null)).toBeNull();
  });

  it('takes Latin names among other letters for names', () => {
    expect(detectLanguage('iphone 서울에서', null)).toBe('ko');
    expect(detectLanguage('samsung galaxy цена', null)).toBe('ru');
    expect(detectLanguage('samsung galaxy цена', 'uk-UA')).toBe('uk');
    expect(detectLanguage('samsung galaxy цена', 'de-DE')).toBe('de');
    expect(detectLanguage('цена чехол iphone', 'de-DE')).toBe('ru');
  });
});
