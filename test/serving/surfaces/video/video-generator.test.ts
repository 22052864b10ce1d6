import type { Event } from '../../../../indexer/events/event.ts';
import { Segment } from '../../../../indexer/segment/segment.ts';
import { SegmentBuilder } from '../../../../indexer/segment/segment-builder.ts';
import { MarketChooser } from '../../../../serving/retrieval/market-choice.ts';
import type { SurfaceRequest } from '../../../../serving/surfaces/generator.ts';
import { LiveVideos } from '../../../../serving/surfaces/live/videos/live-videos.ts';
import { VideoGenerator } from '../../../../serving/surfaces/video/video-generator.ts';
import { VideoQueries } from '../../../../serving/surfaces/video/video-queries.ts';
import { describeCandidateGenerator } from '../../../contracts/candidate-generators.ts';
import { manifestFor } from '../../retrieval/manifest-fixture.ts';

const WORDS = ['lava', 'cake', 'volcano', 'paris', 'guitar', 'chords'];

/** Pairs of words, every third in one market only. */
function worldSegment(): Segment {
  const builder = new SegmentBuilder();
  for (const [i, first] of WORDS.entries()) {
    for (const [j, second] of WORDS.entries()) {
      const text = i === j ? first : `${first} ${second}`;
      const market = ['en-US', 'en-GB', 'und'][(i + j) % 3]!;
      const score = 100 - 7 * i - j;
      const markets = [{ market, score }];
      builder.add({ normalised: text, surface: text, score, markets });
    }
  }
  return Segment.open(builder.finish());
}

const segment = worldSegment();
const manifest = manifestFor(segment);
const chooser = new MarketChooser(segment, ['en-US', 'en-GB', 'und'], []);

function requestFor(video: string | null, market: string | null): SurfaceRequest {
  const choice = chooser.choose(market);
  return { choice, limit: 10, query: null, video, session: null, nowMs: 0 };
}

const MARKETS = ['en-US', 'en-GB', null];

// The contract of generators over this one; what is proposed, and in which order, is tested of `VideoQueries`.
describeCandidateGenerator('video', () => {
  const live = new LiveVideos();
  const queries = new VideoQueries(live);
  queries.useSnapshot({ segment, manifest });
  let sent = 0;
  type Sent = Event extends infer E
    ? E extends Event
      ? Omit<E, 'eventId' | 'atMs'>
      : never
    : never;
  const send = (event: Sent, user: string | null = null) => {
    sent++;
    const whole = { ...event, eventId: `e${sent}`, atMs: sent } as Event;
    live.apply({ event: whole, arrivedMs: 0, user, session: null, market: 'und' }, sent);
  };
  send({ type: 'video', video: 'text', title: 'Lava cake in Paris', tags: ['volcano'] });
  send({ type: 'video', video: 'like', title: 'Lava cake in Paris again', tags: ['volcano'] });
  for (let user = 0; user < 9; user++) {
    send({ type: 'search', query: 'guitar chords', video: 'searched' }, `u${user}`);
    send({ type: 'search', query: 'chords', video: 'searched' }, `u${user}`);
    send({ type: 'search', query: 'chords paris', video: 'searched' }, `u${user}`);
    send({ type: 'search', query: 'a fresh query', video: 'searched' }, `u${user}`);
    send({ type: 'search', query: 'volcano', video: 'like' }, `u${user}`);
  }
  return {
    generator: new VideoGenerator(queries),
    answered: ['text', 'like', 'searched'].flatMap((video) =>
      MARKETS.map((market) => requestFor(video, market)),
    ),
    unanswered: [requestFor('unknown', 'en-US'), requestFor(null, null)],
  };
});
