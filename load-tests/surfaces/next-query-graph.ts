import { queryUnits } from '../../dictionaries/query-units.ts';
import {
  MOST_TARGETS,
  RELATED_KINDS,
  type RelatedEdges,
  type RelatedInput,
  relatedCode,
} from '../../indexer/segment/related-section.ts';
import {
  EVERY_MARKET,
  MOST_MEMBERS,
  type ThemeInput,
} from '../../indexer/segment/theme-section.ts';
import { unitHashes } from '../../indexer/segment/unit-table.ts';
import { type Random, randomBelow } from '../micro/seeded-random.ts';
import type { ScoredText } from '../micro/texts/scored-text.ts';

/** As in a large log: how many completions and units have evidence, and of how many themes. */
const SOURCES = 150_000;
const UNITS = 50_000;
const THEMES = 256;
const CELLS_A_UNIT = 6;

/** A graph of evidence over the texts as full as the format allows: each source has the most targets of every kind. */
export function drawEvidence(
  texts: readonly ScoredText[],
  random: Random,
): { readonly pairs: RelatedInput; readonly themes: ThemeInput } {
  const units = commonUnits(texts);
  const hashes = units.map(unitHashes);
  const sources = Math.min(SOURCES, texts.length);
  return {
    pairs: {
      queries: drawEdges(sources, RELATED_KINDS.length, texts.length, random),
      fromUnits: drawEdges(units.length, 1, texts.length, random),
      units: hashes,
    },
    themes: {
      ...drawCells(units.length, random),
      units: hashes,
      priors: new Float32Array(THEMES).fill(1 / THEMES),
      members: new Map([
        [
          EVERY_MARKET,
          Array.from({ length: THEMES }, () =>
            distinctTargets(MOST_MEMBERS, texts.length, -1, random).map((input, place) => ({
              input,
              bits: 3 + place / 4,
            })),
          ),
        ],
      ]),
    },
  };
}

function commonUnits(texts: readonly ScoredText[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const { normalised } of texts) {
    for (const unit of queryUnits(normalised)) counts.set(unit, (counts.get(unit) ?? 0) + 1);
  }
  return [...counts]
    .sort(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1))
    .slice(0, UNITS)
    .map(([unit]) => unit);
}

function drawEdges(sources: number, kinds: number, targets: number, random: Random): RelatedEdges {
  const length = sources * kinds * MOST_TARGETS;
  const edges = {
    sources: new Uint32Array(length),
    targets: new Uint32Array(length),
    codes: new Uint16Array(length),
  };
  let at = 0;
  for (let source = 0; source < sources; source++) {
    for (let kind = 0; kind < kinds; kind++) {
      distinctTargets(MOST_TARGETS, targets, kinds > 1 ? source : -1, random).forEach(
        (target, i) => {
          edges.sources[at] = source;
          edges.targets[at] = target;
          edges.codes[at++] = relatedCode(kind, 2 + i / 4);
        },
      );
    }
  }
  return edges;
}

/** Distinct targets, popular ones rather. */
function distinctTargets(count: number, below: number, own: number, random: Random): number[] {
  const targets = new Set<number>();
  while (targets.size < count) {
    const target = Math.floor(below * random() ** 3);
    if (target !== own) targets.add(target);
  }
  return [...targets];
}

function drawCells(units: number, random: Random) {
  const offsets = new Uint32Array(units + 1);
  const themes = new Uint16Array(units * CELLS_A_UNIT);
  const ratios = new Float32Array(units * CELLS_A_UNIT);
  for (let unit = 0; unit < units; unit++) {
    const own = new Set<number>();
    while (own.size < CELLS_A_UNIT) own.add(randomBelow(random, THEMES));
    [...own]
      .sort((a, b) => a - b)
      .forEach((theme, i) => {
        themes[unit * CELLS_A_UNIT + i] = theme;
        ratios[unit * CELLS_A_UNIT + i] = 5 * random();
      });
    offsets[unit + 1] = (unit + 1) * CELLS_A_UNIT;
  }
  return { offsets, themes, ratios, rests: new Float32Array(units).fill(-2) };
}
