import { readTexts, type ScoredText } from './scored-text.ts';
import { type SimulatedTexts, simulateTexts } from './simulated-texts.ts';

/** Where a phase, which runs in a process of its own, finds its texts. */
export type TextSource =
  | { readonly kind: 'file'; readonly path: string }
  | ({ readonly kind: 'simulated' } & SimulatedTexts);

/** The texts of a source, sorted by rank. */
export function loadTexts(source: TextSource): readonly ScoredText[] {
  switch (source.kind) {
    case 'file':
      return readTexts(source.path);
    case 'simulated':
      return simulateTexts(source);
  }
}
