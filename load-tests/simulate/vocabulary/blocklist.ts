import { createRequire } from 'node:module';

/** The terms of `naughty-words` for a language code such as `en`; empty for one that the package lacks. Never printed. */
export function readBlockedTerms(language: string): readonly string[] {
  const lists = createRequire(import.meta.url)('naughty-words') as Readonly<
    Record<string, readonly string[]>
  >;
  return lists[language] ?? [];
}
