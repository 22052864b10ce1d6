import { normalise } from '../../dictionaries/normalise.ts';
import { Engine } from '../../serving/retrieval/engine.ts';
import type { LoggedSearch, LoggedVideo, PersonalLog } from '../personal/personal-log.ts';
import type { SentEvent } from './batches.ts';

/** Suggestions of an impression, and what was typed for it. */
const SHOWN = 8;
const TYPED = 3;
/** How long somebody who opened a video watches it. */
const WATCHED_SECONDS = 90;

/**
 * What the clients of a server send in the held-out part of a simulated world, in the order of time: each search of its users (few make most of them), as they type it too where an app
 * logs that; before a search that was made, what the search box showed of the snapshot, and the click where the wished query was among it; a watch where a result was opened; and
 * the videos that are published meanwhile.
 */
export function* worldEvents(log: PersonalLog): Generator<SentEvent> {
  const { searches, heldOutFromMs, content, laterVideos } = log;
  const engine = new Engine(content.segment, content.manifest);
  let next = 0;
  let number = 0;
  const name = () => `w${number++}`;
  for (const search of searches) {
    if (search.atMs < heldOutFromMs) continue;
    for (; (laterVideos[next]?.atMs ?? Number.POSITIVE_INFINITY) <= search.atMs; next++) {
      yield videoEvent(laterVideos[next]!, name());
    }
    const { user, session, market, atMs: at, query, video, clicked, role } = search;
    const who = { user, ...given({ session, market }) };
    const requestId = `r${number}`;
    if (role === 'committed') yield* shownEvents(engine, search, { at, requestId, ...who }, name);
    const about = given({ video, clicked });
    yield { type: 'search', eventId: name(), at, ...who, query, requestId, ...about };
    if (clicked === null) continue;
    const watched = { video: clicked, seconds: WATCHED_SECONDS };
    yield { type: 'watch', eventId: name(), at: at + 1, ...who, ...watched };
  }
}

function* shownEvents(
  engine: Engine,
  { query, market }: LoggedSearch,
  about: { readonly at: number; readonly requestId: string; readonly user: string },
  name: () => string,
): Generator<SentEvent> {
  const typed = [...query].slice(0, TYPED).join('');
  const { suggestions } = engine.suggest(typed, {
    limit: SHOWN,
    market: engine.resolveMarket(market),
  });
  if (suggestions.length === 0) return;
  const { requestId, ...base } = about;
  const shown = { ...base, requestId, surface: 'suggest' };
  const items = suggestions.map(({ id }, place) => ({ id, position: place + 1 }));
  yield { type: 'impression', eventId: name(), ...shown, items };
  const wished = normalise(query);
  const place = suggestions.findIndex(({ text }) => normalise(text) === wished);
  const taken = items[place];
  if (taken !== undefined) yield { type: 'click', eventId: name(), ...shown, ...taken };
}

function videoEvent(video: LoggedVideo, eventId: string): SentEvent {
  const { atMs: at, description, transcript, ...rest } = video;
  const texts = { description, transcript };
  return { type: 'video', eventId, at, ...rest, ...texts };
}

/** What is known of optional fields. */
function given(fields: Readonly<Record<string, string | null>>): Record<string, string> {
  const known = Object.entries(fields).filter((entry): entry is [string, string] => {
    return entry[1] !== null;
  });
  return Object.fromEntries(known);
}

/** A list in parts of so many, the last one as long as what is left. */
export function* inBatches(
  events: Iterable<SentEvent>,
  length: number,
): Generator<readonly SentEvent[]> {
  let batch: SentEvent[] = [];
  for (const event of events) {
    batch.push(event);
    if (batch.length < length) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
