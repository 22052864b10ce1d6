/* The two files of weights that entities-fit.ts writes. */

type Row = Float64Array;

/** indexer/entities/worth-weights.ts */
export function worthFile(rows: readonly Row[]): string {
  return `/**
 * Weights of \`surfaceFeatures\`, a row for each way of writing: LOWER, NEUTRAL, CAPITALISED, TAGGED. Fitted together with those of span-weights.ts by
 * load-tests/surfaces/entities-fit.ts, which says on what; never edited by hand.
 */
export const SURFACE_WEIGHTS: readonly (readonly number[])[] = ${table(rows)};
`;
}

/** serving/surfaces/entities/span-weights.ts */
export function companyFile(known: readonly Row[], company: Row, look: Row): string {
  return `/**
 * Weights of \`companyOf\` for surfaces of the index, a row for each way of writing: LOWER, NEUTRAL, CAPITALISED, TAGGED. Fitted together with those of worth-weights.ts by
 * load-tests/surfaces/entities-fit.ts, which says on what; never edited by hand.
 */
export const KNOWN_COMPANY_WEIGHTS: readonly (readonly number[])[] = ${table(known)};

/** Weights of \`companyOf\` for spans that the index does not know. */
export const UNKNOWN_COMPANY_WEIGHTS: readonly number[] = ${list(company)};

/** Weights of \`lookOf\`. */
export const UNKNOWN_LOOK_WEIGHTS: readonly number[] = ${list(look)};
`;
}

function table(rows: readonly Row[]): string {
  return `[${rows.map((row) => list(row)).join(', ')}]`;
}

function list(row: Row): string {
  return `[${Array.from(row, (weight) => Math.round(weight * 1000) / 1000 || 0).join(', ')}]`;
}
