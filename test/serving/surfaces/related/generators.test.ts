import { afterAll, describe, expect, it } from 'vitest';
import { normalise } from '../../../../dictionaries/normalise.ts';
import { Segment } from '../../../../indexer/segment/segment.ts';
import { SegmentBuilder } from '../../../../indexer/segment/segment-builder.ts';
import { MarketChooser } from '../../../../serving/retrieval/market-choice.ts';
import { exactCompletion } from '../../../../serving/surfaces/before-typing/exact-completion.ts';
import type { CandidateGenerator, SurfaceRequest } from '../../../../serving/surfaces/generator.ts';
import { KnownTerms } from '../../../../serving/surfaces/related/known-terms.ts';
import { MemberSets } from '../../../../serving/surfaces/related/member-set.ts';
import { PairGenerator } from '../../../../serving/surfaces/related/pair-generator.ts';
import { SharedEntityGenerator } from '../../../../serving/surfaces/related/shared-entity-generator.ts';
import { SharedTermsGenerator } from '../../../../serving/surfaces/related/shared-terms-generator.ts';
import { ThemeGenerator } from '../../../../serving/surfaces/related/theme-generator.ts';
import { UnitGenerator } from '../../../../serving/surfaces/related/unit-generator.ts';
import {
  describeCandidateGenerator,
  type GeneratorWorld,
} from '../../../contracts/candidate-generators.ts';
import { indexSearches, type LoggedSearch, sessionsOf } from '../../../support/related-fixture.ts';

/** A world of evidence of every kind in two markets: topics of queries that share words, clicks and sessions. */
function worldOfTopics(): LoggedSearch[] {
  const searches: LoggedSearch[] = [];
  for (let topic = 0; topic < 6; topic++) {
    for (const market of ['en-US', 'en-GB']) {
      for (let query = 0; query < 5; query++) {
        for (let user = 0; user < 7; user++) {
          const name = `${market}-${topic}-${query}-${user}`;
          const clicked = `https://topic${topic}.example/${(query + user) % 2}`;
          const common = { user: name, session: `s-${name}`, market, clicked };
          searches.push({ ...common, query: `craft${topic} thing${topic} number${query}` });
          searches.push({ ...common, query: `craft${topic} thing${topic}` });
          searches.push({
            ...common,
            query: `craft${topic} thing${topic} number${(query + 1) % 5}`,
          });
        }
      }
    }
  }
  for (const market of ['en-US', 'en-GB']) {
    searches.push(...sessionsOf(6, [`only here ${market}`, 'craft1 thing1'], { market }));
  }
  return searches;
}

const log = await indexSearches(worldOfTopics());
afterAll(() => log.remove());
const { segment, manifest } = log;
const chooser = new MarketChooser(
  segment,
  manifest.markets.map(({ market }) => market),
  [],
);

function requestFor(query: string | null, market: string | null, of = segment): SurfaceRequest {
  const completion = query === null ? null : exactCompletion(of, query);
  return {
    choice: of === segment ? chooser.choose(market) : new MarketChooser(of, [], []).choose(null),
    limit: 10,
    query:
      query === null
        ? null
        : {
            normalised: query,
            completion,
            readings: completion === null ? [] : [{ id: completion, bits: 0 }],
          },
    video: null,
    session: null,
    nowMs: 0,
  };
}

const ASKED = ['craft0 thing0 number1', 'craft3 thing3', 'craft5 thing5 number4'];
const markets = ['en-US', 'en-GB', null];
const answered = ASKED.flatMap((query) => markets.map((market) => requestFor(query, market)));
const unanswered = [requestFor('zxqv', 'en-US'), requestFor(null, 'en-US')];
const world = (generator: CandidateGenerator): GeneratorWorld => ({
  generator,
  answered,
  unanswered,
});
const members = () => new MemberSets(segment.completions);

describe('the world of these tests', () => {
  it('has evidence of every kind', () => {
    expect(segment.related).not.toBeNull();
    expect(segment.themes).not.toBeNull();
    segment.verify();
  });
});

for (const [name, kinds] of [
  ['sessions', ['followed', 'specialised', 'generalised']],
  ['clicks', ['clicks']],
  ['users', ['users']],
] as const) {
  describeCandidateGenerator(name, () => world(new PairGenerator(name, kinds, segment, members())));
}
describeCandidateGenerator('words', () => world(new UnitGenerator(segment, members())));
describeCandidateGenerator('themes', () => world(new ThemeGenerator(segment)));
describeCandidateGenerator('terms', () =>
  world(new SharedTermsGenerator(segment, new KnownTerms(segment))),
);

describeCandidateGenerator('entities', () => {
  const texts = ['red panda', 'red panda cub', 'panda red zoo', 'blue whale', 'blue whale song'];
  const builder = new SegmentBuilder();
  texts.forEach((text, at) => {
    const kind = at % 3 === 0 ? 'entity' : 'query';
    builder.add({ normalised: normalise(text), surface: text, score: 10 - at, kind });
  });
  const named = Segment.open(builder.finish());
  return {
    generator: new SharedEntityGenerator(named),
    answered: [
      requestFor('red panda sleeping', null, named),
      requestFor('blue whale', null, named),
    ],
    unanswered: [requestFor('panda', null, named), requestFor(null, null, named)],
  };
});

describe('generators over an index without evidence', () => {
  it('find nothing', () => {
    const builder = new SegmentBuilder();
    builder.add({ normalised: 'lonely query', surface: 'lonely query', score: 1 });
    const bare = Segment.open(builder.finish());
    const request = requestFor('lonely query', null, bare);
    const ofBare = new MemberSets(bare.completions);
    for (const generator of [
      new PairGenerator('sessions', ['followed'], bare, ofBare),
      new UnitGenerator(bare, ofBare),
      new ThemeGenerator(bare),
      new SharedEntityGenerator(bare),
    ]) {
      expect(generator.generate(request, 10, { left: 100 })).toEqual([]);
    }
  });
});
