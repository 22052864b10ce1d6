import type { TextData } from './enrichment-data.ts';
import { dayPartOf, type Profile } from './profile.ts';
import type { WeightChange } from './search-changes.ts';
import { LONGEST_TERM } from './text-facts.ts';

/** Code units of the codes of languages and scripts. */
const LONGEST_CODE = 8;
/** Topics that weigh less are noise. */
const LEAST_TOPIC = 0.01;

/** Adds what a text is about to the tastes of a user; to `changes`, where it is wanted, what each key that changed weighed before. */
export function learnText(
  profile: Profile,
  data: TextData,
  weight: number,
  atMs: number,
  changes?: WeightChange[],
): void {
  const { terms, entities, topics, languages, scripts } = profile;
  for (const term of data.terms ?? []) {
    if (term.length > LONGEST_TERM) continue;
    const before = terms.add(term, weight, atMs);
    changes?.push({ table: 'terms', key: term, before });
  }
  for (const entity of data.entities ?? []) {
    const before = entities.add(entity, weight, atMs);
    changes?.push({ table: 'entities', key: entity, before });
  }
  for (const pair of data.topics ?? []) {
    const topic = pair[0];
    const share = pair[1];
    if (!(share * weight >= LEAST_TOPIC)) continue;
    const before = topics.add(topic, share * weight, atMs);
    changes?.push({ table: 'topics', key: topic, before });
  }
  if (data.language !== undefined && data.language.length <= LONGEST_CODE) {
    const before = languages.add(data.language, weight, atMs);
    changes?.push({ table: 'languages', key: data.language, before });
  }
  if (data.script !== undefined && data.script.length <= LONGEST_CODE) {
    const before = scripts.add(data.script, weight, atMs);
    changes?.push({ table: 'scripts', key: data.script, before });
  }
}

/** Notes at which part of the day a user searches. */
export function learnDayPart({ dayParts }: Profile, atMs: number): WeightChange {
  const key = dayPartOf(atMs);
  const before = dayParts.add(key, 1, atMs);
  return { table: 'dayParts', key, before };
}
