import { writeCompletionView } from './completion-view.ts';
import type { ContainerBuilder } from './container.ts';
import type { MarketScore } from './counted-completion.ts';
import { GrowableUint32Array } from './growable-array.ts';
import { invertRows } from './posting-inversion.ts';
import { orderByScore } from './score-order.ts';

const UNDETERMINED = 'und';

/** Everything of the whole segment that a market's view is cut from. */
interface WholeSegment {
  readonly terms: Uint32Array;
  readonly starts: Uint32Array;
  /** Place to row. */
  readonly places: Uint32Array;
  readonly aliasTargets: Uint32Array;
  readonly inputToId: Uint32Array;
  readonly completions: number;
  readonly termCount: number;
}

/**
 * Collects each completion's score per market and writes a view a market. A named market's completions have their score there
 * plus the one without market; the view `und` holds the rows without market, so that both together are a request's candidates.
 */
export class MarketBuilder {
  private readonly members = new Map<string, { inputs: GrowableUint32Array; scores: number[] }>();

  add(input: number, markets: readonly MarketScore[]): void {
    const unplaced = markets.find(({ market }) => market === UNDETERMINED)?.score ?? 0;
    for (const { market, score } of markets) {
      let member = this.members.get(market);
      if (member === undefined) {
        member = { inputs: new GrowableUint32Array(), scores: [] };
        this.members.set(market, member);
      }
      member.inputs.push(input);
      member.scores.push(market === UNDETERMINED ? score : score + unplaced);
    }
  }

  /** Adds `markets.tags` and the sections of view `m<i>` for the i-th tag. */
  write(builder: ContainerBuilder, whole: WholeSegment): void {
    const tags = [...this.members.keys()].sort();
    if (tags.length < 2) return;
    builder.add('markets.tags', Buffer.from(tags.join('\u0000'), 'utf8'));
    const placeOfId = new Uint32Array(whole.completions);
    whole.places.forEach((row, place) => {
      if (row < whole.completions) placeOfId[row] = place;
    });
    tags.forEach((tag, index) => {
      const { inputs, scores } = this.members.get(tag)!;
      const memberIds = inputs.view().map((input) => whole.inputToId[input]!);
      this.writeView(builder, `m${index}`, memberIds, Float64Array.from(scores), placeOfId, whole);
    });
  }

  private writeView(
    builder: ContainerBuilder,
    name: string,
    memberIds: Uint32Array,
    memberScores: Float64Array,
    placeOfId: Uint32Array,
    whole: WholeSegment,
  ): void {
    const byPlace = Uint32Array.from(memberIds.keys()).sort(
      (a, b) => placeOfId[memberIds[a]!]! - placeOfId[memberIds[b]!]!,
    );
    const byScore = orderByScore(byPlace, memberScores);
    const ids = byScore.map((member) => memberIds[member]!);
    const rankOfId = new Int32Array(whole.completions).fill(-1);
    ids.forEach((id, rank) => {
      rankOfId[id] = rank;
    });
    const places = new GrowableUint32Array();
    const ranks = new GrowableUint32Array();
    whole.places.forEach((row, place) => {
      const id = row < whole.completions ? row : whole.aliasTargets[row - whole.completions]!;
      if (rankOfId[id]! < 0) return;
      places.push(place);
      ranks.push(rankOfId[id]!);
    });
    const postings = invertRows(whole.terms, whole.starts, ids, ids.length, whole.termCount);
    writeCompletionView(
      builder,
      name,
      {
        ranks: ranks.view(),
        postings,
        subset: {
          ids,
          scores: Float64Array.from(byScore, (member) => memberScores[member]!),
          places: places.view(),
        },
      },
      null,
    );
  }
}
