/**
 * Returns the one JSON text of a value: keys in code unit order, two spaces of indentation, a line feed at the end.
 * Equal values give equal bytes whatever order their keys were set in. Keys that look like array indexes would be
 * moved to the front by JavaScript itself; the formats here have none.
 */
export function canonicalJson(value: object): string {
  return `${JSON.stringify(sortKeys(value), null, 2)}\n`;
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  // fromEntries defines own properties, so a key named __proto__ stays a key.
  return Object.fromEntries(entries.map(([key, field]) => [key, sortKeys(field)]));
}
