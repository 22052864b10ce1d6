import { expect } from 'vitest';
import { type Counted, mergesOf, refusalsOf, variantsOf } from './tables.ts';

/** What is merged of counted queries. */
export async function merges(queries: readonly Counted[], usage = {}) {
  return mergesOf(await variantsOf(queries, usage));
}

/** Why pairs are kept apart, of queries of which nothing is merged. */
export async function refusals(queries: readonly Counted[], usage = {}) {
  const found = await variantsOf(queries, usage);
  expect(mergesOf(found)).toEqual({});
  return refusalsOf(found);
}

/** Enough users who corrected the one into the other. */
export const SWITCHED = { switchers: 20 };
