import type { TextRange } from '../../dictionaries/alignment.ts';
import { suggestionId } from '../../indexer/events/suggestion-id.ts';
import { MAX_RESULTS } from '../../indexer/segment/range-minimum.ts';
import type { Segment } from '../../indexer/segment/segment.ts';
import type { Suggestion } from '../suggest-engine.ts';
import type { Placed } from './answer-assembly.ts';
import type { FoundSuggestions } from './found-suggestions.ts';
import { sourceOf } from './interpretation/alternative.ts';
import { readSpans } from './interpretation/read-spans.ts';
import { anyOrderSearchOf } from './lookup.ts';
import { anyOrderSpans, prefixSpans } from './match-spans.ts';
import { topLogScore } from './view-score.ts';

/** Suggestion ids that are kept: of the best completions, which most answers repeat. */
const HOT_IDS = 1 << 16;

/** Writes completions in their slots down as suggestions. One answer at a time. */
export class SuggestionWriter {
  private readonly segment: Segment;
  private readonly hotIds: (string | undefined)[] = new Array(HOT_IDS).fill(undefined);
  private readonly ids = new Uint32Array(MAX_RESULTS);
  private readonly surfaces: string[] = [];
  private readonly normalised: string[] = [];

  constructor(segment: Segment) {
    this.segment = segment;
  }

  /** At most MAX_RESULTS. */
  describe(found: FoundSuggestions, placed: readonly Placed[]): Suggestion[] {
    const { segment, ids, surfaces, normalised } = this;
    const count = placed.length;
    let lastPrefix = -1;
    for (let i = 0; i < count; i++) {
      ids[i] = placed[i]!.candidate.id;
      if (placed[i]!.kind === 'prefix') lastPrefix = i;
    }
    segment.bothTexts(ids, count, surfaces, normalised);
    const top = topLogScore(segment, found.choice.views);
    const suggestions: Suggestion[] = [];
    let least = 1;
    for (let i = 0; i < count; i++) {
      const slot = placed[i]!;
      const surface = surfaces[i]!;
      const text = normalised[i]!;
      least = Math.min(least, shownScore(slot.worth, top, i <= lastPrefix));
      suggestions.push({
        id: this.suggestionIdOf(ids[i]!, text),
        text: surface,
        kind: segment.isEntity(slot.candidate.id) ? 'entity' : 'query',
        source: slot.kind === 'read' ? sourceOf(slot.candidate.ways) : slot.kind,
        score: least,
        matches: this.spansOf(slot, surface, text, found),
      });
    }
    return suggestions;
  }

  private suggestionIdOf(completion: number, normalised: string): string {
    if (completion >= HOT_IDS) return suggestionId(normalised);
    const known = this.hotIds[completion];
    if (known !== undefined) return known;
    const id = suggestionId(normalised);
    this.hotIds[completion] = id;
    return id;
  }

  private spansOf(
    slot: Placed,
    surface: string,
    normalised: string,
    { normalised: typed, matchers }: FoundSuggestions,
  ): TextRange[] {
    switch (slot.kind) {
      case 'prefix':
        return prefixSpans(surface, normalised, typed);
      case 'infix': {
        if (matchers === null) return [];
        const places = anyOrderSearchOf(this.segment).placesOf(slot.candidate.id, matchers);
        return places === null ? [] : anyOrderSpans(surface, normalised, matchers, places);
      }
      case 'read':
        return readSpans(this.segment, slot.candidate, { surface, normalised, typed });
    }
  }
}

/** Halvings of the top score after which the shown one is half. */
const HALF_AT = 8;

/**
 * A score for people: down to the last prefix match in (0.5, 1], from there on in (0, 0.5], each by how many times the market's most searched
 * completion outdoes it; six decimals, and never quite 0.
 */
export function shownScore(worth: number, topLog: number, isUpper: boolean): number {
  const share = 1 / (1 + Math.max(0, topLog - worth) / HALF_AT);
  const score = isUpper ? 0.5 + share / 2 : share / 2;
  return Math.max(1e-6, Math.round(score * 1e6) / 1e6);
}
