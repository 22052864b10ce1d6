import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dataOf } from '../../../ranking/profiles/plain-data.ts';
import { DEFAULT_ENGINE_SETTINGS } from '../../../serving/engine-settings.ts';
import { MOST_DATA_BYTES } from '../../../serving/personal/data-bound.ts';
import { Enricher } from '../../../serving/personal/enricher.ts';
import { IndexDirectory } from '../../../serving/snapshot/index-directory.ts';
import { remove, START_MS, search, watch } from '../../ranking/profiles/event-records.ts';
import { makeFolder, publishTexts } from '../../support/index-fixture.ts';

describe('enriching events', () => {
  let place: Awaited<ReturnType<typeof makeFolder>>;
  let snapshot: string;
  const enricher = new Enricher();

  beforeAll(async () => {
    place = await makeFolder();
    snapshot = await publishTexts(place.folder, ['tokyo tower', 'red cars']);
    const { content } = await new IndexDirectory(place.folder, DEFAULT_ENGINE_SETTINGS).open(
      snapshot,
    );
    expect(new Enricher().enrich(search('tokyo', START_MS))).toBeNull();
    if (content !== undefined) enricher.useSnapshot(snapshot, content);
  });
  afterAll(() => place.remove());

  const dataFor = (query: string) => enricher.enrich(search(query, START_MS))?.data;

  test('tells what a search says and in which snapshot it was read', () => {
    const enriched = enricher.enrich(search('Tokyo  Tower', START_MS));
    expect(enriched).toMatchObject({ version: 1, snapshot });
    expect(enriched?.data).toMatchObject({
      kind: 'search',
      normalised: 'tokyo tower',
      surface: 'Tokyo Tower',
      terms: ['tokyo', 'tower'],
      script: 'Latn',
    });
  });

  test('keeps nothing of personal data, nor of what is too long', () => {
    const nothing = { kind: 'search', normalised: null };
    expect(dataFor('john@example.com')).toEqual(nothing);
    expect(dataFor('q'.repeat(1_024))).toEqual(nothing);
    expect(dataFor('\ud800')).toEqual(nothing);
  });

  test('takes no more than its bytes for the longest query in any script', () => {
    for (const text of ['漢字'.repeat(64), '𝒳𝒴 '.repeat(42), 'ÀÉÎ '.repeat(32), 'ab '.repeat(42)]) {
      const data = dataFor(text);
      expect(Buffer.byteLength(JSON.stringify(data))).toBeLessThanOrEqual(MOST_DATA_BYTES);
      expect(data).toMatchObject({ normalised: expect.any(String) });
    }
  });

  test('tells of a video by the words of its title, where nobody searched with it', () => {
    enricher.use({ titleWordsOf: (video) => (video === 'v1' ? ['tokyo', 'by', 'night'] : null) });
    expect(enricher.enrich(watch('v1', START_MS))?.data).toMatchObject({
      kind: 'item',
      terms: ['tokyo', 'by', 'night'],
    });
    expect(enricher.enrich(watch('v2', START_MS))?.data).toEqual({ kind: 'item' });
  });

  test('tells of a video by its new title from when that is known, and once it is known at all', () => {
    let words: readonly string[] | null = null;
    enricher.use({ titleWordsOf: () => words });
    const dataOfWatch = () => enricher.enrich(watch('v3', START_MS))?.data;
    expect(dataOfWatch()).toEqual({ kind: 'item' });
    words = ['red', 'cars'];
    expect(dataOfWatch()).toMatchObject({ terms: ['red', 'cars'] });
    expect(dataOfWatch()).toMatchObject({ terms: ['red', 'cars'] });
    words = ['blue', 'cars'];
    expect(dataOfWatch()).toMatchObject({ terms: ['blue', 'cars'] });
    const inSpain = enricher.enrich({ ...watch('v3', START_MS), market: 'es-ES' })?.data;
    expect(inSpain).toMatchObject({ language: 'es' });
  });

  test('has nothing to say of events of nobody, or of removals', () => {
    expect(enricher.enrich(search('tokyo', START_MS, { user: null }))).toBeNull();
    expect(enricher.enrich(remove({ query: 'tokyo' }, START_MS))).toBeNull();
  });

  test('without it, and for a version that is not known, the event tells the same by itself', () => {
    const plain = search('Tokyo Tower', START_MS);
    const enriched = enricher.enrich(plain);
    const later = { ...plain, enriched: { version: 99, snapshot: 's', data: null } };
    expect(dataOf(plain)).toEqual(enriched?.data);
    expect(dataOf(later)).toEqual(enriched?.data);
  });
});
