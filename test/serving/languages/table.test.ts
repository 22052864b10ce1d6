import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { graphemes } from '../../../dictionaries/graphemes.ts';
import type { Engine } from '../../../serving/retrieval/engine.ts';
import { openLanguagesEngine } from './languages-engine.ts';
import { SEARCHES } from './vocabulary.ts';

interface Row {
  readonly language: string;
  readonly market: string;
  readonly input: string;
  readonly typed: string;
  readonly finds: string;
  readonly source: string;
}

const DOCUMENT = new URL('../../../LANGUAGES.md', import.meta.url);

/** The rows of the document's table. */
function readRows(): Row[] {
  const lines = readFileSync(DOCUMENT, 'utf8').split('\n');
  const table = lines.filter((line) => line.startsWith('| ')).slice(1);
  return table.map((line) => {
    const cells = line.split('|').map((cell) => cell.trim());
    const [, language = '', market = '', input = '', typed = '', finds = '', source = ''] = cells;
    return { language, market, input, typed: typed.replaceAll('␣', ' '), finds, source };
  });
}

const rows = readRows();
let engine: Engine;

beforeAll(async () => {
  engine = await openLanguagesEngine();
});

describe('the table of languages and input methods', () => {
  it('has rows for every language that is promised', () => {
    const languages = new Set(rows.map(({ language }) => language));
    expect(languages.size).toBeGreaterThanOrEqual(17);
    expect(rows.length).toBeGreaterThanOrEqual(70);
  });

  it.each(rows)('$language, $input: $typed finds $finds', ({ market, typed, finds, source }) => {
    const { suggestions } = engine.suggest(typed, { limit: 10, market });
    const found = suggestions.find(({ text }) => text === finds);
    expect(found, `got ${suggestions.map(({ text }) => text).join(', ')}`).toBeDefined();
    expect(found!.source).toBe(source);
    expect(found!.matches.length).toBeGreaterThan(0);
  });

  it.each(rows)(
    '$language, $input: what is marked in the answers to $typed are whole characters',
    (row) => {
      const { suggestions } = engine.suggest(row.typed, { limit: 10, market: row.market });
      for (const { text, matches } of suggestions) {
        const ends = new Set([0]);
        let at = 0;
        for (const grapheme of graphemes(text)) {
          at += grapheme.length;
          ends.add(at);
        }
        let before = -1;
        for (const { start, end } of matches) {
          expect(start).toBeGreaterThan(before);
          expect(end).toBeGreaterThan(start);
          expect(ends.has(start) && ends.has(end), `${start} to ${end} of ${text}`).toBe(true);
          before = end;
        }
      }
    },
  );
});

describe('every search of every language', () => {
  it.each(Object.entries(SEARCHES))(
    '%s: is first found directly by what it begins with',
    (market, searches) => {
      for (const search of searches) {
        const { suggestions } = engine.suggest(search, { limit: 10, market });
        expect(suggestions[0]?.source).toBe('prefix');
        expect(suggestions.map(({ text }) => text)).toContain(search);
      }
    },
  );
});
