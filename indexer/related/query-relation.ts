import { queryUnits } from '../../dictionaries/query-units.ts';
import type { RelatedKind } from '../segment/related-section.ts';

/** Which way people went from one query to the next: to one that holds all its words and more, to one that its words hold, or to another. */
export function relationOf(
  from: string,
  to: string,
): Extract<RelatedKind, 'followed' | 'specialised' | 'generalised'> {
  const before = queryUnits(from);
  const after = queryUnits(to);
  if (after.length > before.length && holds(after, before)) return 'specialised';
  if (before.length > after.length && holds(before, after)) return 'generalised';
  return 'followed';
}

function holds(units: readonly string[], part: readonly string[]): boolean {
  return part.every((unit) => units.includes(unit));
}
