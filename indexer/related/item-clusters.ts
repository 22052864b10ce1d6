/** Distinct users who opened an item after a query with a unit. */
export interface UnitItem {
  readonly unit: number;
  readonly item: number;
  readonly users: number;
}

const ROUNDS = 12;
/** Themes of so many items, times the root of their number, within bounds. */
const THEMES_BY_ROOT = 2;
const MOST_THEMES = 256;

/** How many themes so many items are worth. */
export function themeCount(items: number): number {
  return Math.min(items, MOST_THEMES, Math.ceil(THEMES_BY_ROOT * Math.sqrt(items)));
}

/**
 * Puts items into themes by the words of the queries after which they were opened; answers the theme of each item. Spherical k-means (Dhillon and Modha, 2001) over
 * counts damped by their logarithm and weighed by how few items a unit leads to. Begins with items that are unlike each other, heavy ones first: no chance, so the same
 * edges give the same themes. Time: rounds x edges x themes.
 */
export function clusterItems(
  edges: readonly UnitItem[],
  items: number,
  units: number,
): Uint16Array {
  const vectors = buildVectors(edges, items, units);
  const themes = themeCount(items);
  const centroids = Array.from({ length: themes }, () => new Float32Array(units));
  chooseSeeds(vectors, themes).forEach((item, theme) => {
    addTo(centroids[theme]!, vectors, item);
  });
  const assigned = new Uint16Array(items);
  for (let round = 0; round < ROUNDS; round++) {
    let moved = 0;
    for (let item = 0; item < items; item++) {
      let best = assigned[item]!;
      let likeness = -1;
      for (let theme = 0; theme < themes; theme++) {
        const found = likenessTo(centroids[theme]!, vectors, item);
        if (found > likeness) {
          likeness = found;
          best = theme;
        }
      }
      if (best !== assigned[item] || round === 0) moved += 1;
      assigned[item] = best;
    }
    if (moved === 0) break;
    for (const centroid of centroids) centroid.fill(0);
    for (let item = 0; item < items; item++) addTo(centroids[assigned[item]!]!, vectors, item);
    for (const centroid of centroids) scale(centroid);
  }
  return assigned;
}

/** Sparse rows of length 1, one an item: units[starts[i]] … with their weights. */
interface Vectors {
  readonly starts: Uint32Array;
  readonly units: Uint32Array;
  readonly weights: Float32Array;
  readonly masses: Float64Array;
}

function buildVectors(edges: readonly UnitItem[], items: number, units: number): Vectors {
  const spread = new Uint32Array(units);
  const starts = new Uint32Array(items + 1);
  for (const { unit, item } of edges) {
    spread[unit]! += 1;
    starts[item + 1]! += 1;
  }
  for (let item = 0; item < items; item++) starts[item + 1]! += starts[item] ?? 0;
  const next = starts.slice();
  const found = { units: new Uint32Array(edges.length), weights: new Float32Array(edges.length) };
  const masses = new Float64Array(items);
  for (const { unit, item, users } of edges) {
    const at = next[item]!++;
    found.units[at] = unit;
    found.weights[at] = Math.log1p(users) * Math.log((items + 1) / spread[unit]!);
    masses[item]! += users;
  }
  for (let item = 0; item < items; item++)
    scale(found.weights.subarray(starts[item], starts[item + 1]));
  return { starts, ...found, masses };
}

/** Heavy items that are unlike those before them. */
function chooseSeeds(vectors: Vectors, count: number): number[] {
  const items = vectors.masses.length;
  const nearest = new Float32Array(items);
  const seeds: number[] = [];
  const dense = new Float32Array(vectors.units.reduce((most, unit) => Math.max(most, unit), 0) + 1);
  while (seeds.length < count) {
    let best = -1;
    let worth = -1;
    for (let item = 0; item < items; item++) {
      const own = (1 - nearest[item]!) * Math.sqrt(vectors.masses[item]!);
      if (own > worth && !seeds.includes(item)) {
        worth = own;
        best = item;
      }
    }
    seeds.push(best);
    dense.fill(0);
    addTo(dense, vectors, best);
    for (let item = 0; item < items; item++) {
      nearest[item] = Math.max(nearest[item]!, likenessTo(dense, vectors, item));
    }
  }
  return seeds;
}

function addTo(sum: Float32Array, { starts, units, weights }: Vectors, item: number): void {
  const end = starts[item + 1]!;
  for (let at = starts[item]!; at < end; at++) {
    const unit = units[at]!;
    sum[unit] = sum[unit]! + weights[at]!;
  }
}

function likenessTo(
  centroid: Float32Array,
  { starts, units, weights }: Vectors,
  item: number,
): number {
  let sum = 0;
  const end = starts[item + 1]!;
  for (let at = starts[item]!; at < end; at++) sum += centroid[units[at]!]! * weights[at]!;
  return sum;
}

function scale(vector: Float32Array): void {
  let squares = 0;
  for (const value of vector) squares += value * value;
  if (squares === 0) return;
  const factor = 1 / Math.sqrt(squares);
  for (let i = 0; i < vector.length; i++) vector[i] = (vector[i] ?? 0) * factor;
}
