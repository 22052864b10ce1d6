import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalise } from '../../../dictionaries/normalise.ts';
import type { MarketScore } from '../../../indexer/segment/counted-completion.ts';
import { findExactForm } from '../../../indexer/segment/exact-form.ts';
import { Segment } from '../../../indexer/segment/segment.ts';
import { SegmentBuilder } from '../../../indexer/segment/segment-builder.ts';
import { FEATURES, featureIndex } from '../../../ranking/features/feature-list.ts';
import { Profile } from '../../../ranking/profiles/profile.ts';
import { updateProfile } from '../../../ranking/profiles/update-profile.ts';
import { LinearRanker } from '../../../ranking/rankers/linear-ranker.ts';
import {
  CompletionLanguages,
  NO_LANGUAGE,
} from '../../../serving/personal/completion-languages.ts';
import { Enricher } from '../../../serving/personal/enricher.ts';
import { PersonalRanking, readingOf } from '../../../serving/personal/personal-ranking.ts';
import { Engine } from '../../../serving/retrieval/engine.ts';
import { search } from '../../ranking/profiles/event-records.ts';
import { manifestFor } from '../retrieval/manifest-fixture.ts';

const NOW_MS = Date.UTC(2026, 4, 31, 12);
const HOUR_MS = 3_600_000;
/** Weights of profiles are kept in steps: bits are so near. */
const WEIGHT_STEP = 0.01;

type Scores = Readonly<Record<string, number>>;

function segmentOf(completions: Readonly<Record<string, Scores>>): Segment {
  const builder = new SegmentBuilder();
  for (const [surface, scores] of Object.entries(completions)) {
    const markets: MarketScore[] = Object.entries(scores).map(([market, score]) => ({
      market,
      score,
    }));
    const score = markets.reduce((sum, each) => sum + each.score, 0);
    builder.add({ surface, normalised: normalise(surface), score, markets });
  }
  return Segment.open(builder.finish());
}

/** Twice as much is searched in English as in Spanish. */
const BILINGUAL: Readonly<Record<string, Scores>> = {
  'carros usados': { 'es-MX': 300 },
  'carrot cake': { 'en-US': 500, 'en-GB': 100 },
  'carnival cruise': { 'en-US': 400, 'es-MX': 200 },
  'carne asada': { 'es-MX': 150, 'en-US': 6 },
  'cars near me': { 'en-GB': 294 },
  'carpe diem': { und: 350 },
};
const SEGMENT = segmentOf(BILINGUAL);

function idOf(text: string, segment = SEGMENT) {
  const id = findExactForm(segment, text);
  if (id === null) throw new Error(`expected '${text}' in the segment`);
  return id;
}

/** Somebody who searched so often in each language. */
function speakerOf(searches: Scores): Profile {
  const profile = new Profile();
  for (const [language, count] of Object.entries(searches)) {
    if (count > 0) profile.languages.add(language, count, NOW_MS);
  }
  return profile;
}

function fitOf(text: string, profile: Profile, market = 'und', segment = SEGMENT): number {
  const languages = CompletionLanguages.of(segment);
  const fits = languages?.fits(profile, market, NOW_MS);
  return fits?.[languages?.mixOf[idOf(text, segment)] ?? 0] ?? 0;
}

describe('the languages of completions', () => {
  it('are the same where they were prepared, in turns with others', async () => {
    const segment = segmentOf(BILINGUAL);
    await CompletionLanguages.prepare(segment);
    const prepared = CompletionLanguages.of(segment);
    const other = CompletionLanguages.of(SEGMENT);
    expect(prepared?.languages).toEqual(other?.languages);
    expect(prepared?.mixOf).toEqual(other?.mixOf);
    await CompletionLanguages.prepare(segment);
    expect(CompletionLanguages.of(segment)).toBe(prepared);
    // Asked for while they are prepared.
    const asked = segmentOf(BILINGUAL);
    const preparing = CompletionLanguages.prepare(asked);
    const answer = CompletionLanguages.of(asked);
    await preparing;
    expect(CompletionLanguages.of(asked)).toBe(answer);
    const alone = segmentOf({ rome: { 'it-IT': 5 } });
    await CompletionLanguages.prepare(alone);
    expect(CompletionLanguages.of(alone)).toBeNull();
  });

  it('are told by the markets that hold them, und telling none', () => {
    const languages = CompletionLanguages.of(SEGMENT);
    expect(languages?.languages).toEqual(['en', 'es']);
    const said = Object.keys(BILINGUAL).map((text) => languages?.languageOf(idOf(text)));
    expect(said).toEqual(['es', 'en', null, 'es', 'en', null]);
    expect(languages?.mixOf[idOf('carpe diem')]).toBe(NO_LANGUAGE);
  });

  it('are none where all markets are of one, and where there are no markets', () => {
    const english = { cars: { 'en-US': 9 }, carts: { 'en-GB': 8, und: 1 } };
    expect(CompletionLanguages.of(segmentOf(english))).toBeNull();
    expect(CompletionLanguages.of(segmentOf({ cars: { und: 9 }, carts: { mul: 8 } }))).toBeNull();
    expect(CompletionLanguages.of(segmentOf({ cars: { und: 9 } }))).toBeNull();
  });

  it('say of somebody who searches as all do that nothing fits better', () => {
    const average = speakerOf({ en: 200, es: 100 });
    for (const text of Object.keys(BILINGUAL)) {
      expect(Math.abs(fitOf(text, average)), text).toBeLessThan(0.1);
    }
  });

  it('say how much likelier a user is to search in them', () => {
    const spanish = speakerOf({ es: 1_000 });
    expect(fitOf('carros usados', spanish)).toBeCloseTo(Math.log2(3), 1);
    expect(fitOf('carrot cake', spanish)).toBeLessThan(-4);
    expect(Math.abs(fitOf('carnival cruise', spanish))).toBeLessThan(0.1);
    expect(fitOf('carpe diem', spanish)).toBe(0);
  });

  it('trust few searches less than many, and ask for what people of the market search', () => {
    const once = speakerOf({ es: 1 });
    const often = speakerOf({ es: 50 });
    expect(fitOf('carros usados', once)).toBeGreaterThan(0);
    expect(fitOf('carros usados', often)).toBeGreaterThan(fitOf('carros usados', once));
    expect(fitOf('carne asada', often, 'en-US')).toBeGreaterThan(fitOf('carne asada', often));
    expect(Math.abs(fitOf('carros usados', often, 'es-MX'))).toBeLessThan(0.2);
  });

  it('know nothing of somebody whose languages the snapshot has not', () => {
    const languages = CompletionLanguages.of(SEGMENT);
    expect(languages?.fits(speakerOf({ ru: 9 }), 'und', NOW_MS)).toBeNull();
    expect(languages?.fits(new Profile(), 'und', NOW_MS)).toBeNull();
  });

  it('fit each completion as its counts do, for any languages and counts', () => {
    const tags = ['en-US', 'es-MX', 'fr', 'de-AT', 'pl', 'tr', 'nl', 'it', 'und'];
    const counts = fc.dictionary(fc.constantFrom(...tags), fc.integer({ min: 1, max: 4_000 }), {
      minKeys: 1,
    });
    const worlds = fc.array(counts, { minLength: 2, maxLength: 60 });
    const speakers = fc.dictionary(
      fc.constantFrom('en', 'es', 'fr', 'nl', 'it'),
      fc.integer({ min: 1, max: 400 }),
    );
    fc.assert(
      fc.property(worlds, speakers, fc.constantFrom(...tags), (world, speaks, market) => {
        const completions = Object.fromEntries(world.map((each, i) => [`text ${i}`, each]));
        const segment = segmentOf(completions);
        const profile = speakerOf(speaks);
        const expected = naiveFits(world, speaks, market);
        world.forEach((_, i) => {
          const fit = fitOf(`text ${i}`, profile, market, segment);
          // Of a mix in steps: what is left of small shares may be off by a step in each language.
          const { bits, slack } = expected[i]!;
          const isFirst = idOf(`text ${i}`, segment) === 0;
          expect(Math.abs(fit - bits), `text ${i}`).toBeLessThanOrEqual(
            isFirst ? WEIGHT_STEP : slack + WEIGHT_STEP,
          );
        });
      }),
      { numRuns: 100 },
    );
  });
});

/** The definition, by hand: languages behind the sixth are one. */
function naiveFits(
  world: readonly Scores[],
  speaks: Scores,
  market: string,
): { bits: number; slack: number }[] {
  const languageOf = (tag: string) => (tag === 'und' ? null : tag.split('-')[0]!);
  const totals = new Map<string, number>();
  for (const scores of world) {
    for (const [tag, score] of Object.entries(scores)) {
      const language = languageOf(tag);
      if (language !== null) totals.set(language, (totals.get(language) ?? 0) + score);
    }
  }
  const ranked = [...totals].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  const groupOf = (language: string) => {
    const place = ranked.findIndex(([name]) => name === language);
    return place < 0 ? -1 : Math.min(6, place);
  };
  const groups = Math.min(7, ranked.length);
  const all = ranked.reduce((sum, [, total]) => sum + total, 0);
  const share = Array.from({ length: groups }, (_, group) =>
    ranked.reduce((sum, [name, total]) => sum + (groupOf(name) === group ? total / all : 0), 0),
  );
  const own = groupOf(languageOf(market) ?? '');
  const people = share.map((each, group) =>
    own < 0 ? each : 0.1 * each + (group === own ? 0.9 : 0),
  );
  const known = Object.entries(speaks).filter(([language]) => groupOf(language) >= 0);
  const said = known.reduce((sum, [, count]) => sum + count, 0);
  const user = people.map((each, group) => {
    const count = known.reduce((sum, [name, n]) => sum + (groupOf(name) === group ? n : 0), 0);
    return (count + 4 * each) / (said + 4);
  });
  return world.map((scores) => {
    const tells = Object.keys(scores).some((tag) => languageOf(tag) !== null);
    if (groups < 2 || said === 0 || !tells) return { bits: 0, slack: 1e-6 };
    const weights = share.map((each, group) => {
      const count = Object.entries(scores).reduce((sum, [tag, score]) => {
        const language = languageOf(tag);
        return sum + (language !== null && groupOf(language) === group ? score : 0);
      }, 0);
      return count / each + 1;
    });
    const total = weights.reduce((sum, each) => sum + each, 0);
    const mean = (of: readonly number[]) =>
      weights.reduce((sum, weight, group) => sum + (weight / total) * of[group]!, 0);
    const clamp = (bits: number) => Math.max(-6, Math.min(6, bits));
    const bits = clamp(Math.log2(mean(user) / mean(people)));
    // Half a step each way for each language, of what each sum is made of.
    const off = groups / (groups > 5 ? 7 : 15);
    const most = (of: readonly number[]) => mean(of) + off * Math.max(...of);
    const least = (of: readonly number[]) =>
      Math.max(Math.min(...of), mean(of) - off * Math.max(...of));
    const high = clamp(Math.log2(most(user) / least(people)));
    const low = clamp(Math.log2(least(user) / most(people)));
    return { bits, slack: Math.max(high - bits, bits - low) };
  });
}

describe('somebody who searches in two languages', () => {
  const manifest = { ...manifestFor(SEGMENT), group: 'surface' as const };
  const snapshot = { segment: SEGMENT, manifest, engine: new Engine(SEGMENT, manifest) };
  const enricher = new Enricher();
  enricher.useSnapshot('s', { segment: SEGMENT, manifest });

  function askAfter(searches: readonly (readonly [string, string])[]) {
    const profile = searches.reduce((known, [query, market], i) => {
      const record = { ...search(query, NOW_MS - (9 - i) * HOUR_MS), market };
      const enriched = enricher.enrich(record);
      return updateProfile(known, enriched === null ? record : { ...record, enriched });
    }, new Profile());
    const weights = FEATURES.map(() => 0);
    weights[featureIndex('popularity')] = 1;
    weights[featureIndex('languageFit')] = 1;
    const ranker = new LinearRanker('languages', weights);
    const answer = new PersonalRanking({ ranker, diversity: 0 }).answer(
      snapshot,
      {
        ...{ typed: 'car', limit: 10, market: 'und', ownerHash: 'u', nowMs: NOW_MS },
        ...{ session: null, video: null, reading: readingOf(profile) },
      },
      true,
    );
    return { texts: answer?.suggestions.map(({ text }) => text) ?? [], answer, profile };
  }

  it('is known by what was searched, not by the market alone', () => {
    const { profile } = askAfter([
      ['carros usados', 'en-US'],
      ['carne asada', 'en-US'],
      ['carnival cruise', 'en-US'],
      ['what nobody else searched', 'en-US'],
      ['carpe diem', 'und'],
    ]);
    expect(profile.languages.weightAt('es', NOW_MS)).toBeCloseTo(2, 1);
    expect(profile.languages.weightAt('en', NOW_MS)).toBeCloseTo(2, 1);
  });

  it('sees the language first that they search in lately, with the reason', () => {
    const inSpanish = askAfter(Array.from({ length: 9 }, () => ['carne asada', 'en-US'] as const));
    const inEnglish = askAfter(Array.from({ length: 9 }, () => ['cars near me', 'en-US'] as const));
    const place = (texts: readonly string[], text: string) => texts.indexOf(text);
    expect(place(inSpanish.texts, 'carros usados')).toBeLessThan(
      place(inSpanish.texts, 'carrot cake'),
    );
    expect(place(inEnglish.texts, 'carrot cake')).toBe(0);
    const at = place(inSpanish.texts, 'carros usados');
    const why = inSpanish.answer?.explanation?.suggestions[at];
    expect(why?.features.languageFit).toBeGreaterThan(0.5);
    expect(why?.contributions.languageFit).toBeCloseTo(why?.features.languageFit ?? 0, 5);
  });
});
