import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { graphemes } from '../../../dictionaries/graphemes.ts';
import type { LexiconSet } from '../../../dictionaries/lexicon/lexicon-set.ts';
import { parseStopWords } from '../../../dictionaries/lexicon/stop-word-file.ts';
import { parseSynonyms } from '../../../dictionaries/lexicon/synonym-file.ts';
import { normalise } from '../../../dictionaries/normalise.ts';
import type { CountedCompletion } from '../../../indexer/segment/counted-completion.ts';
import { Segment } from '../../../indexer/segment/segment.ts';
import { SegmentBuilder } from '../../../indexer/segment/segment-builder.ts';
import { DEFAULT_ENGINE_SETTINGS, type EngineSettings } from '../../../serving/engine-settings.ts';
import { Engine } from '../../../serving/retrieval/engine.ts';
import { EXACT_ONLY } from '../../support/exact-only.ts';
import { manifestFor } from './manifest-fixture.ts';

type Group = 'none' | 'surface' | 'variants';

function build(entries: readonly CountedCompletion[]): Segment {
  const builder = new SegmentBuilder();
  for (const entry of entries) builder.add(entry);
  return Segment.open(builder.finish());
}

function engineOf(
  scores: Readonly<Record<string, number>>,
  group: Group = 'variants',
  settings: Partial<EngineSettings> = {},
): Engine {
  const entries = Object.entries(scores).map(([surface, score]) => ({
    normalised: normalise(surface),
    surface,
    score,
  }));
  const segment = build(entries);
  return new Engine(segment, { ...manifestFor(segment), group }, settings);
}

const texts = (engine: Engine, typed: string, limit = 10): string[] =>
  engine.suggest(typed, { limit }).suggestions.map(({ text }) => text);

describe('readings in any order', () => {
  it('are left for what begins with the text only where that is worth more', () => {
    const scores = { 'café alpha': 181, 'café beta': 180, 'café gamma': 20 };
    // Two bits for standing inside, as many as a quarter of the score is.
    const likely = engineOf({ ...scores, 'big café': 1024 });
    expect(texts(likely, 'cafe', 2)).toEqual(['big café', 'café alpha']);
    const less = engineOf({ ...scores, 'big café': 722 });
    expect(texts(less, 'cafe', 2)).toEqual(['café alpha', 'big café']);
    const least = engineOf({ ...scores, 'big café': 700 });
    expect(texts(least, 'cafe', 2)).toEqual(['café alpha', 'café beta']);
  });
});

describe('corrections', () => {
  it('find a word with one error wherever a slot is left, in any place of the text', () => {
    const words = ['garden', 'window', 'basket', 'hammer', 'pillow', 'doctor', 'silver', 'market'];
    const engine = engineOf(
      Object.fromEntries(words.flatMap((a) => words.map((b, i) => [`${a} ${b}`, 100 - i]))),
    );
    const edit = fc.record({
      kind: fc.constantFrom('omit', 'double', 'swap', 'replace'),
      at: fc.integer({ min: 1, max: 4 }),
      letter: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz'),
    });
    fc.assert(
      fc.property(
        fc.constantFrom(...words),
        fc.constantFrom(...words),
        edit,
        fc.boolean(),
        (first, second, { kind, at, letter }, inFirst) => {
          const wrong = damage(inFirst ? first : second, kind, at, letter);
          const typed = inFirst ? `${wrong} ${second}` : `${first} ${wrong}`;
          expect(texts(engine, typed)).toContain(`${first} ${second}`);
        },
      ),
      { numRuns: 400 },
    );
  });

  it('never answer texts of one or two letters', () => {
    const engine = engineOf({ bug: 900, music: 5, movie: 4 });
    expect(texts(engine, 'mu')).toEqual(['music']);
    expect(texts(engine, 'm')).toEqual(['music', 'movie']);
    expect(texts(engine, 'bq')).toEqual([]);
  });

  it('keep a direct match in its place unless the correction is far likelier', () => {
    const scores = { 'facebok group': 8, facebook: 100_000, facebooks: 9 };
    expect(texts(engineOf(scores), 'facebok')[0]).toBe('facebook');
    expect(texts(engineOf({ ...scores, facebook: 100 }), 'facebok')[0]).toBe('facebok group');
    const stern = { corrections: { enabled: true, ratio: 2 ** 40, phonetics: true } };
    expect(texts(engineOf(scores, 'variants', stern), 'facebok')[0]).toBe('facebok group');
  });

  it('never displace what was typed exactly, nor anything over an ungrouped index', () => {
    const scores: Record<string, number> = { facebok: 1 };
    for (let i = 0; i < 15; i++) scores[`facebook page ${i}`] = 1_000_000;
    expect(texts(engineOf(scores), 'facebok')).toContain('facebok');
    expect(texts(engineOf(scores, 'none'), 'facebok')[0]).toBe('facebok');
  });

  it('are marked as such, with the part of the text that was meant', () => {
    const [first] = engineOf({ 'Facebook login': 9 }).suggest('faecbo', { limit: 3 }).suggestions;
    expect(first).toMatchObject({ source: 'typo', matches: [{ start: 0, end: 6 }] });
  });

  it('put in a missing space and take out one too many', () => {
    const engine = engineOf({ 'new york hotels': 9, youtube: 8, 'you and me': 7 });
    expect(texts(engine, 'newyork hot')).toContain('new york hotels');
    expect(texts(engine, 'you tube')[0]).toBe('youtube');
  });

  it('put in a missing space where some words are in other spellings only', () => {
    const entry = { normalised: 'la villa', surface: 'La Villa', score: 5 };
    const segment = build([
      { ...entry, aliases: ['aa bb', 'ab villa'] },
      { normalised: 'music', surface: 'music', score: 9_000 },
    ]);
    const engine = new Engine(segment, { ...manifestFor(segment), group: 'variants' });
    for (const typed of ['lavil', 'lavilla', 'lavilla ']) {
      expect(texts(engine, typed), typed).toEqual(['La Villa']);
    }
  });

  it('put in a missing space where accents are left out as well, and keep to those that were typed', () => {
    const engine = engineOf({ 'hà nội': 9, 'são paulo hotéis': 8 });
    for (const typed of ['hano', 'hanoi', 'hànoi', 'hanội']) {
      expect(texts(engine, typed)).toEqual(['hà nội']);
    }
    expect(texts(engine, 'hanòi')).toEqual([]);
    expect(texts(engine, 'saopaulo hot')).toEqual(['são paulo hotéis']);
    expect(engine.suggest('hano', { limit: 1 }).suggestions[0]).toMatchObject({
      source: 'typo',
      matches: [{ start: 0, end: 5 }],
    });
  });

  it('can be switched off', () => {
    const off = { corrections: { enabled: false, ratio: 64, phonetics: false } };
    expect(texts(engineOf({ youtube: 9 }, 'variants', off), 'yuotube')).toEqual([]);
    expect(texts(engineOf({ youtube: 9 }), 'yuotube')).toEqual(['youtube']);
  });
});

describe('ways of writing', () => {
  it('take accents as optional unless they are typed', () => {
    const engine = engineOf({ résumé: 8, resume: 9, 'resume writing': 3 });
    expect(texts(engine, 'resume')).toEqual(['resume', 'résumé', 'resume writing']);
    const sources = engine.suggest('résu', { limit: 3 }).suggestions.map(({ source }) => source);
    expect(texts(engine, 'résu')[0]).toBe('résumé');
    expect(sources).toEqual(['prefix', 'typo', 'typo']);
  });

  it('rank a romanised match below direct ones however searched it is', () => {
    const engine = engineOf({ москва: 1_000_000, 'moskva restaurant': 1 });
    expect(texts(engine, 'mosk')).toEqual(['moskva restaurant', 'москва']);
  });

  it('try no pinyin for typed Chinese characters', () => {
    const engine = engineOf({ 北京: 9, 背景: 8 });
    expect(texts(engine, '北京')).toEqual(['北京']);
  });
});

describe('synonyms and stop words', () => {
  it('lead to completions with the other word, below direct ones', () => {
    const given = lexiconOf('tv, television', 'the');
    const engine = engineOf({ 'television stand': 90, 'tv guide': 5 }, 'variants', {
      lexicon: () => given,
    });
    expect(texts(engine, 'tv')).toEqual(['tv guide', 'television stand']);
    const [, second] = engine.suggest('tv', { limit: 2 }).suggestions;
    expect(second).toMatchObject({ source: 'synonym', matches: [{ start: 0, end: 10 }] });
  });

  it('leave a stop word out where nothing is found with it', () => {
    const engine = engineOf({ 'godfather movie': 9 }, 'variants', {
      lexicon: () => lexiconOf('', 'the'),
    });
    expect(texts(engine, 'the godf')).toEqual(['godfather movie']);
  });
});

describe('readings of any kind', () => {
  const alphabet = fc.constantFrom(...'abé 北京ｶか가ㄱن🍕'.split(''), 'я', 'ว่า');
  const anyText = fc
    .array(alphabet, { minLength: 1, maxLength: 8 })
    .map((letters) => normalise(letters.join('')))
    .filter((text) => text !== '');

  it('leave the direct matches of an ungrouped index as they are, and fill free slots only', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(anyText, { minLength: 1, maxLength: 30 }),
        anyText,
        fc.integer({ min: 1, max: 20 }),
        (all, typed, limit) => {
          const segment = build(
            all.map((text, i) => ({ normalised: text, surface: text, score: 1 + (i % 5) })),
          );
          const exact = new Engine(segment, manifestFor(segment), EXACT_ONLY);
          const reading = new Engine(segment, manifestFor(segment), DEFAULT_ENGINE_SETTINGS);
          const direct = exact.suggest(typed, { limit }).suggestions;
          const found = reading.suggest(typed, { limit }).suggestions;
          expect(found.slice(0, direct.length)).toEqual(direct);
          const ids = found.map(({ id }) => id);
          expect(new Set(ids).size).toBe(ids.length);
          for (const { text, matches } of found) expectWholeCharacters(text, matches);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('never let the scores rise down the list, and keep them above 0', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(anyText, { minLength: 1, maxLength: 30 }),
        anyText,
        (all, typed) => {
          const scores = Object.fromEntries(all.map((text, i) => [text, 10 ** (i % 6)]));
          const { suggestions } = engineOf(scores).suggest(typed, { limit: 20 });
          const shown = suggestions.map(({ score }) => score);
          expect(shown).toEqual([...shown].sort((a, b) => b - a));
          expect(shown.every((score) => score > 0 && score <= 1)).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });
});

function lexiconOf(synonyms: string, stopWords: string): LexiconSet {
  return parseSynonyms(synonyms, 'synonyms.txt').plus(parseStopWords(stopWords, 'stop-words.txt'));
}

function damage(word: string, kind: string, at: number, letter: string): string {
  const before = word.slice(0, at);
  switch (kind) {
    case 'omit':
      return before + word.slice(at + 1);
    case 'double':
      return before + word.charAt(at) + word.slice(at);
    case 'swap':
      return before + word.charAt(at + 1) + word.charAt(at) + word.slice(at + 2);
    default:
      return before + letter + word.slice(at + 1);
  }
}

function expectWholeCharacters(
  text: string,
  matches: readonly { readonly start: number; readonly end: number }[],
): void {
  const ends = new Set([0]);
  let at = 0;
  for (const grapheme of graphemes(text)) {
    at += grapheme.length;
    ends.add(at);
  }
  let before = -1;
  for (const { start, end } of matches) {
    expect(start > before && end > start && ends.has(start) && ends.has(end)).toBe(true);
    before = end;
  }
}
