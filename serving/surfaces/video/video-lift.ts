import type { EngineAnswer, Suggestion } from '../../suggest-engine.ts';

/** Places that a suggestion may move up. */
const MOST_PLACES = 3;
/** A query this likely to be searched next moves up by a place; one twice as likely by two, and so on. */
const LEAST_CHANCE = 0.01;

/**
 * The completions of a typed text, those that viewers of the video on screen are likely to search a few places further up. None is added or pushed out, and none
 * passes one that was found another way: what begins with the typed text stays before what only holds it. Scores stay with their places.
 *
 * @param likely what is searched with the video, with its estimated probability as score
 */
export function liftForVideo(answer: EngineAnswer, likely: readonly Suggestion[]): EngineAnswer {
  const chances = new Map(likely.map(({ id, score }) => [id, score]));
  const { suggestions } = answer;
  if (!suggestions.some(({ id }) => chances.has(id))) return answer;
  const lifted = [...suggestions];
  for (let from = 1; from < lifted.length; from++) {
    const moving = lifted[from]!;
    const places = placesOf(chances.get(moving.id) ?? 0);
    let to = from;
    while (to > 0 && from - to < places && mayPass(moving, lifted[to - 1]!, chances)) {
      lifted[to] = lifted[to - 1]!;
      to--;
    }
    lifted[to] = moving;
  }
  const placed = lifted.map((each, place) => ({ ...each, score: suggestions[place]!.score }));
  return { ...answer, suggestions: placed };
}

function placesOf(chance: number): number {
  if (chance < LEAST_CHANCE) return 0;
  return Math.min(MOST_PLACES, 1 + Math.floor(Math.log2(chance / LEAST_CHANCE)));
}

function mayPass(
  moving: Suggestion,
  before: Suggestion,
  chances: ReadonlyMap<string, number>,
): boolean {
  const isLikelier = (chances.get(moving.id) ?? 0) > (chances.get(before.id) ?? 0);
  return moving.source === before.source && isLikelier;
}
