import type { TextData } from './enrichment-data.ts';
import { dayPartOf, type Profile, type TableName, type WeightChange } from './profile.ts';
import { LONGEST_TERM } from './text-facts.ts';

/** Code units of the codes of languages and scripts. */
const LONGEST_CODE = 8;
/** Topics that weigh less are noise. */
const LEAST_TOPIC = 0.01;

/** Adds what a text is about to the tastes of a user. Gives what each key that changed weighed before. */
export function learnText(
  profile: Profile,
  data: TextData,
  weight: number,
  atMs: number,
): WeightChange[] {
  const { terms, entities, topics, languages, scripts } = profile;
  const changes: WeightChange[] = [];
  const note = (table: TableName, key: string | number, before: number | undefined): void => {
    changes.push({ table, key, before });
  };
  for (const term of data.terms ?? []) {
    if (term.length > LONGEST_TERM) continue;
    note('terms', term, terms.get(term));
    terms.add(term, weight, atMs);
  }
  for (const entity of data.entities ?? []) {
    note('entities', entity, entities.get(entity));
    entities.add(entity, weight, atMs);
  }
  for (const [topic, share] of data.topics ?? []) {
    if (!(share * weight >= LEAST_TOPIC)) continue;
    note('topics', topic, topics.get(topic));
    topics.add(topic, share * weight, atMs);
  }
  if (data.language !== undefined && data.language.length <= LONGEST_CODE) {
    note('languages', data.language, languages.get(data.language));
    languages.add(data.language, weight, atMs);
  }
  if (data.script !== undefined && data.script.length <= LONGEST_CODE) {
    note('scripts', data.script, scripts.get(data.script));
    scripts.add(data.script, weight, atMs);
  }
  return changes;
}

/** Notes at which part of the day a user searches. */
export function learnDayPart({ dayParts }: Profile, atMs: number): WeightChange {
  const key = dayPartOf(atMs);
  const before = dayParts.get(key);
  dayParts.add(key, 1, atMs);
  return { table: 'dayParts', key, before };
}
