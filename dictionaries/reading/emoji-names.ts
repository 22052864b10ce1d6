import { createRequire } from 'node:module';
import { normalise } from '../normalise.ts';

/** Shorter words of a name (of, a, on) name nothing. */
const SHORTEST = 3;
/** Skin tones and variation selectors, which the names don't tell apart. */
const TONES = /[\u{1f3fb}-\u{1f3ff}\ufe0e\ufe0f]/gu;

let names: Map<string, readonly string[]> | undefined;

/** The words by which an emoji is found: those of its name, then of its keywords, each once. None for another term. Source: emojilib, English. */
export function emojiNames(term: string): readonly string[] {
  names ??= readNames();
  return names.get(term.replace(TONES, '')) ?? [];
}

/** Read when the first emoji is asked for: most indexes have few, and programs that have none don't pay. */
function readNames(): Map<string, readonly string[]> {
  const load = createRequire(import.meta.url);
  const lists = load('emojilib') as Readonly<Record<string, readonly string[]>>;
  const table = new Map<string, readonly string[]>();
  for (const [emoji, keywords] of Object.entries(lists)) {
    const words = new Set<string>();
    for (const keyword of keywords) {
      for (const word of normalise(keyword.replaceAll('_', ' ')).split(' ')) {
        if (word.length >= SHORTEST) words.add(word);
      }
    }
    table.set(emoji.replace(TONES, ''), [...words]);
  }
  return table;
}
