import { describe, expect, it } from 'vitest';
import { normalise } from '../../../dictionaries/normalise.ts';
import { isBlocked } from '../../../dictionaries/safety/blocklist.ts';
import { exemptions } from '../../../dictionaries/safety/blocklist-exemptions.ts';
import {
  protectivePhrases,
  selfHarmPhrases,
} from '../../../dictionaries/safety/self-harm-phrases.ts';

describe('incitement to self-harm', () => {
  it.each([
    'kill yourself',
    'Kill Yourself challenge',
    'you should kill urself',
    'go kys',
    'killyourself',
    'how to slit your wrists',
    'Töte dich selbst',
    'tue-toi',
    'SUICÍDATE',
    'vai se matar logo',
    'zelfmoord plegen zonder pijn',
    'idź się zabij sie',
    'убей себя',
    'kendini öldür',
    '楽に死ぬ方法 教えて',
    '자살 방법',
    '怎么自杀不痛',
  ])('is blocked: %s', (text) => {
    expect(isBlocked(normalise(text))).toBe(true);
  });

  it.each([
    'suicide hotline',
    'suicide prevention lifeline number',
    'how to help a suicidal friend',
    'how to stop self harm',
    'self harm recovery',
    "don't kill yourself",
    'reasons not to kill yourself',
    'suizidprävention',
    'selbstmord hilfe telefon',
    'prévention du suicide',
    'línea de ayuda suicidio',
    'prevenção ao suicídio',
    'prevenzione suicidio',
    'zelfmoord hulplijn 113',
    'телефон доверия суицид',
    'intiharı önleme hattı',
    '자살 예방 상담전화',
    '自殺 相談 電話',
    '自杀干预热线',
  ])('leaves alone who looks for help: %s', (text) => {
    expect(isBlocked(normalise(text))).toBe(false);
  });

  it.each([
    'suicide squad',
    'kill bill',
    'kys mig',
    'pokemon go die besten',
    'shoot yourself in the foot meaning',
    'mátate amor',
    'quanti ammazzati ieri',
    '死ねない男',
    '上海去跳楼机',
    'hang your picture yourself',
  ])('leaves everyday words alone: %s', (text) => {
    expect(isBlocked(normalise(text))).toBe(false);
  });

  it('is listed in its normalised form, once, and every entry blocks', () => {
    expect(selfHarmPhrases.filter((phrase) => normalise(phrase) !== phrase)).toEqual([]);
    expect(protectivePhrases.filter((phrase) => normalise(phrase) !== phrase)).toEqual([]);
    expect(new Set(selfHarmPhrases).size).toBe(selfHarmPhrases.length);
    const exempt = new Set(exemptions.map(normalise));
    for (const phrase of selfHarmPhrases) {
      expect(exempt.has(phrase), phrase).toBe(false);
      expect(isBlocked(phrase), phrase).toBe(true);
    }
  });

  it('is not hidden behind a phrase that protects, and each of those says more than an entry', () => {
    for (const phrase of protectivePhrases) {
      expect(isBlocked(phrase), phrase).toBe(false);
      expect(isBlocked(`${phrase} kill yourself`), phrase).toBe(true);
    }
  });
});
