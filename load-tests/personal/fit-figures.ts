import type { Ranker } from '../../ranking/rankers/ranker.ts';
import type { FitData } from './fit-data.ts';

const LIST_SIZE = 10;

/** MRR@10 of a ranker over requests whose wanted candidate is among the others; of equal scores the wanted one comes last. */
export function meanReciprocalRank(data: FitData, ranker: Ranker): number {
  const { starts, features, stride, requests } = data;
  let scores = new Float32Array(0);
  let sum = 0;
  for (let request = 0; request < requests; request++) {
    const from = starts[request]!;
    const rows = starts[request + 1]! - from;
    if (scores.length < rows) scores = new Float32Array(rows);
    ranker.score(features.subarray(from * stride, (from + rows) * stride), rows, scores);
    let place = 1;
    for (let row = 1; row < rows; row++) if (scores[row]! >= scores[0]!) place++;
    if (place <= LIST_SIZE) sum += 1 / place;
  }
  return requests === 0 ? 0 : sum / requests;
}
