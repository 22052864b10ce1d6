import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { normalise } from '../../../../dictionaries/normalise.ts';
import { KeyList } from './key-list.ts';

const LOG = join(process.env.FORETYPE_REAL_DATA ?? '../shared/data', 'queries/sogou-2008.tsv');
const MOST_TEXTS = 1200;
const SAMPLED_EVERY = 8;

/** Distinct queries of the log with Han, most searched first. */
function readTexts(): string[] {
  const counts = new Map<string, number>();
  for (const line of readFileSync(LOG, 'utf8').split('\n')) {
    const text = normalise(line.split('\t')[2]?.replace(/^\[|\]$/g, '') ?? '');
    if (/\p{Script=Han}/u.test(text)) counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  const sorted = [...counts].sort((a, b) => b[1] - a[1]).map(([text]) => text);
  return sorted.slice(0, MOST_TEXTS);
}

const isAbsent = !existsSync(LOG);
const left = isAbsent ? ' (left out: the real data is not here; set FORETYPE_REAL_DATA)' : '';

describe.skipIf(isAbsent)(`findByTextKeys over real Chinese queries${left}`, () => {
  let list: KeyList;
  beforeAll(() => {
    list = new KeyList(readTexts(), 'zh');
  }, 60_000);

  /** Share of sampled queries that are among the first 10 for what `typedOf` makes of their key of a kind. */
  function shareFound(kind: 'pinyin' | 'pinyinInitials', typedOf: (key: string) => string): number {
    let [asked, found] = [0, 0];
    for (const { kind: ofKey, key, start, completion } of list.entries) {
      if (ofKey !== kind || start > 0 || completion % SAMPLED_EVERY > 0) continue;
      asked++;
      const first = list.search(typedOf(key)).slice(0, 10);
      if (first.some((match) => match.completion === completion)) found++;
    }
    expect(asked).toBeGreaterThan(100);
    return found / asked;
  }

  it('finds queries by their pinyin, whole and half', () => {
    expect(shareFound('pinyin', (key) => key)).toBeGreaterThan(0.97);
    expect(shareFound('pinyin', (key) => key.slice(0, Math.ceil(key.length / 2)))).toBeGreaterThan(
      0.9,
    );
  }, 60_000);

  it('finds queries by their initials', () => {
    expect(shareFound('pinyinInitials', (key) => key)).toBeGreaterThan(0.9);
  }, 60_000);
});
