/**
 * At most what the features of `companyOf`, all from 0 to 1, add under these weights, the words around (feature 0) left apart: a surface that is worth too little even
 * with that needs no look around. Of features that exclude one another the best counts.
 */
export function mostCompany(weights: readonly number[]): number {
  const weight = (feature: number): number => weights[feature] ?? 0;
  const gain = (feature: number): number => Math.max(0, weight(feature));
  let most = Number.NEGATIVE_INFINITY;
  // Nothing stands before it, or a word of one class, with a capital or without.
  for (let wordClass = 2; wordClass <= 14; wordClass++) most = Math.max(most, weight(wordClass));
  let sum = Math.max(weight(1), most + Math.max(0, weight(15), weight(16)));
  // Nothing stands behind it, or a word.
  sum += Math.max(weight(17), gain(18), gain(19), gain(20), gain(21)) + gain(22);
  for (let feature = 23; feature <= 30; feature++) sum += gain(feature);
  return sum;
}
