import { createRequire } from 'node:module';

/** Emoji by one of their English keywords, in the order of the package `emojilib`. */
export type EmojiFinder = (keyword: string) => readonly string[];

export function readEmoji(): EmojiFinder {
  const library = createRequire(import.meta.url)('emojilib') as Readonly<
    Record<string, readonly string[]>
  >;
  const byKeyword = new Map<string, string[]>();
  for (const [emoji, keywords] of Object.entries(library)) {
    for (const keyword of keywords) {
      const known = byKeyword.get(keyword);
      if (known) known.push(emoji);
      else byKeyword.set(keyword, [emoji]);
    }
  }
  return (keyword) => byKeyword.get(keyword) ?? [];
}
