import { fold } from './reading/fold.ts';
import { JOINER, sequenceTerms } from './terms.ts';

/** Units of a longer query that are looked at. */
const MOST_UNITS = 12;

/**
 * The distinct pieces of a normalised query that carry what it is about, in its order: the words of a script with spaces, accents and script forms
 * off; of characters that stand together, each two neighbours, and one alone that has none. At most twelve.
 */
export function queryUnits(normalised: string): string[] {
  return unitsOfTerms(sequenceTerms(normalised));
}

/** The same, by the sequence terms of the query. */
export function unitsOfTerms(terms: readonly string[]): string[] {
  const units: string[] = [];
  for (let i = 0; i < terms.length && units.length < MOST_UNITS; i++) {
    const term = terms[i] ?? '';
    const next = terms[i + 1];
    const isPair = next?.startsWith(JOINER) ?? false;
    if (!isPair && term.startsWith(JOINER)) continue;
    const unit = foldUnit(isPair ? bare(term) + bare(next ?? '') : term);
    if (!units.includes(unit)) units.push(unit);
  }
  return units;
}

function bare(term: string): string {
  return term.startsWith(JOINER) ? term.slice(1) : term;
}

/** A unit that would vanish stays. */
function foldUnit(unit: string): string {
  return fold(unit) || unit;
}
