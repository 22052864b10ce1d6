import { describe, expect, it } from 'vitest';
import { clusterItems, themeCount, type UnitItem } from '../../../indexer/related/item-clusters.ts';

/** Items of topics whose units hardly mix: unit t*4+i belongs to topic t, unit 99 to all. */
function planted(topics: number, itemsATopic: number): UnitItem[] {
  const edges: UnitItem[] = [];
  for (let item = 0; item < topics * itemsATopic; item++) {
    const topic = item % topics;
    for (let i = 0; i < 3; i++) {
      edges.push({ unit: topic * 4 + ((item + i) % 4), item, users: 5 + ((item * 7 + i) % 9) });
    }
    edges.push({ unit: 99, item, users: 30 });
  }
  return edges;
}

describe('themes of items', () => {
  it('never mix planted topics', () => {
    const topics = 6;
    const themes = clusterItems(planted(topics, 20), topics * 20, 100);
    const topicOf = new Map<number, number>();
    themes.forEach((theme, item) => {
      const topic = item % topics;
      expect(topicOf.get(theme) ?? topic).toBe(topic);
      topicOf.set(theme, topic);
    });
  });

  it('are the same for the same edges', () => {
    const edges = planted(4, 10);
    expect(clusterItems(edges, 40, 100)).toEqual(clusterItems(edges, 40, 100));
  });

  it('are as many as the root of the items allows, and no more than the items', () => {
    expect([1, 2, 100, 10_000, 1_000_000].map(themeCount)).toEqual([1, 2, 20, 200, 256]);
  });
});
