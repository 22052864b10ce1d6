import { readFileSync } from 'node:fs';
import path from 'node:path';
import { hashWord } from '../../dictionaries/mentions/word-hash.ts';

/** A text, and the spans that name something in it, as `start-end` in UTF-16 code units. */
export interface LabelledText {
  readonly text: string;
  readonly gold: ReadonlySet<string>;
  /** Whether the weights of the linker were fitted on it. */
  readonly isFitted: boolean;
}

/** The posts of a text of tokens and BIO tags, tokens joined by spaces. Half of them, by a hash of their number, are those that weights were fitted on. */
export function readPosts(conll: string): readonly LabelledText[] {
  const posts: LabelledText[] = [];
  let tokens: [string, string][] = [];
  const close = (): void => {
    if (tokens.length > 0) posts.push(postOf(tokens, posts.length));
    tokens = [];
  };
  for (const line of conll.split('\n')) {
    const [token = '', tag = 'O'] = line.split('\t');
    if (token.trim() === '') close();
    else tokens.push([token, tag.trim()]);
  }
  close();
  return posts;
}

function postOf(tokens: readonly (readonly [string, string])[], number: number): LabelledText {
  const gold = new Set<string>();
  let text = '';
  let start = -1;
  let end = -1;
  const close = (): void => {
    if (start >= 0) gold.add(`${start}-${end}`);
    start = -1;
  };
  for (const [token, tag] of tokens) {
    if (text !== '') text += ' ';
    const at = text.length;
    text += token;
    if (!tag.startsWith('I')) close();
    if (tag.startsWith('B')) start = at;
    if (start >= 0) end = text.length;
  }
  close();
  return { text, gold, isFitted: ((hashWord(`wnut${number}`).a >>> 3) & 1) === 0 };
}

interface TruthLine {
  readonly spans: readonly { readonly start: number; readonly end: number }[];
}

/** The comments of a simulated world with their true spans. */
export function readWorldComments(folder: string): readonly LabelledText[] {
  const comments = readLines<{ readonly text: string }>(path.join(folder, 'comments.ndjson'));
  const truth = readLines<TruthLine>(path.join(folder, 'truth', 'comments.ndjson'));
  return comments.map(({ text }, i) => ({
    text,
    gold: new Set((truth[i]?.spans ?? []).map(({ start, end }) => `${start}-${end}`)),
    isFitted: false,
  }));
}

/** The values of a file of NDJSON. */
export function readLines<Value>(file: string): readonly Value[] {
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line): Value => JSON.parse(line));
}
