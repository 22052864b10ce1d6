/** The tables of a profile, in the order in which they are stored. */
export const TABLES = ['terms', 'topics', 'entities', 'languages', 'scripts', 'dayParts'] as const;
export type TableName = (typeof TABLES)[number];
