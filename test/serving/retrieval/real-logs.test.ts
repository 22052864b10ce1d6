import { describe, expect, it } from 'vitest';
import { normaliseTyped } from '../../../dictionaries/normalise.ts';
import { Engine } from '../../../serving/retrieval/engine.ts';
import { buildSegment, shuffled } from '../../indexer/segment/built-segments.ts';
import { EXACT_ONLY } from '../../support/exact-only.ts';
import { codePointPrefixes } from '../../support/text-arbitraries.ts';
import { manifestFor } from './manifest-fixture.ts';
import { type NaiveCandidate, naiveAnswer, naiveOrder } from './naive-suggest.ts';
import { isPresent, REAL_LOGS, readCompletions } from './real-logs.ts';

const LIMIT = 10;
const LONGEST_PREFIX = 8;
const SAMPLE = 300;

/** The best texts of every prefix, by putting each completion, best first, under all of its prefixes. */
function answersByPrefix(ordered: readonly NaiveCandidate[]): Map<string, string[]> {
  const answers = new Map<string, string[]>();
  for (const { entry } of ordered) {
    for (const prefix of codePointPrefixes(`${entry.normalised} `).slice(0, LONGEST_PREFIX + 1)) {
      const answer = answers.get(prefix);
      if (answer === undefined) answers.set(prefix, [entry.surface]);
      else if (answer.length < LIMIT) answer.push(entry.surface);
    }
  }
  return answers;
}

// Failures name numbers of prefixes and results: real people's queries are never printed.
describe.each(REAL_LOGS)('suggestions over $file', (log) => {
  const reason = isPresent(log) ? '' : ' (left out: the log is not here; set FORETYPE_REAL_DATA)';

  it.skipIf(!isPresent(log))(
    `equal the naive oracle for every prefix of 1 to ${LONGEST_PREFIX} characters${reason}`,
    () => {
      const entries = readCompletions(log);
      expect(entries.length).toBeGreaterThan(1000);
      const segment = buildSegment(entries);
      segment.verify();
      const engine = new Engine(segment, manifestFor(segment), EXACT_ONLY);
      const ordered = naiveOrder(entries);
      const answers = answersByPrefix(ordered);
      let wrong = 0;
      let asked = 0;
      for (const typed of answers.keys()) {
        const { normalised } = normaliseTyped(typed);
        const expected =
          answers.get(normalised) ??
          naiveAnswer(ordered, normalised, LIMIT).flatMap(({ text, source }) =>
            source === 'prefix' ? [text] : [],
          );
        const given = engine.suggest(typed, { limit: LIMIT }).suggestions;
        const direct = given.filter(({ source }) => source === 'prefix');
        asked++;
        if (
          direct.length !== expected.length ||
          direct.some(({ text }, i) => text !== expected[i])
        ) {
          wrong++;
        }
      }
      expect(wrong).toBe(0);
      expect(asked).toBeGreaterThan(1000);

      let differing = 0;
      let infix = 0;
      // Words of a text from its second on, cut short, are found in any order only.
      const laterWords = ordered.flatMap(({ entry: { normalised } }) => {
        const [first, ...rest] = normalised.split(' ');
        if (rest.length === 0) return [];
        return [`${rest.join(' ')} ${first!.slice(0, 2)}`, rest.at(-1)!];
      });
      const prefixes = [...answers.keys()];
      const half = SAMPLE / 2;
      const sample = [
        ...shuffled(prefixes, 11).slice(0, half),
        ...shuffled(laterWords, 12).slice(0, half),
      ];
      for (const typed of sample) {
        const { normalised } = normaliseTyped(typed);
        const expected = naiveAnswer(ordered, normalised, LIMIT);
        const given = engine.suggest(typed, { limit: LIMIT }).suggestions;
        infix += expected.filter(({ source }) => source === 'infix').length;
        const isSame =
          given.length === expected.length &&
          given.every(
            ({ text, source }, i) => text === expected[i]!.text && source === expected[i]!.source,
          );
        if (!isSame) differing++;
      }
      expect(differing).toBe(0);
      expect(infix).toBeGreaterThan(SAMPLE);
    },
    120_000,
  );
});
