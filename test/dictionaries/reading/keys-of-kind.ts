import { normalise } from '../../../dictionaries/normalise.ts';
import { type TermKeyKind, termKeys, typedKeys } from '../../../dictionaries/reading/term-keys.ts';

/** The keys of one kind under which a term is found. */
export function keysOf(term: string, kind: TermKeyKind): string[] {
  return termKeys(normalise(term))
    .filter((key) => key.kind === kind)
    .map(({ key }) => key);
}

/** The keys of one kind by which a typed word is looked up. */
export function typedOf(word: string, kind: TermKeyKind): string[] {
  return typedKeys(normalise(word))
    .filter((key) => key.kind === kind)
    .map(({ key }) => key);
}
