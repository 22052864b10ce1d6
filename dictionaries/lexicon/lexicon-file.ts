import { LexiconError } from './lexicon-error.ts';
import type { LexiconFileName } from './lexicon-file-name.ts';
import { MOST_FILE_BYTES } from './lexicon-rules.ts';
import type { LexiconSet } from './lexicon-set.ts';
import { parseStopWords } from './stop-word-file.ts';
import { parseSynonyms } from './synonym-file.ts';

/** What a lexicon file holds. */
export type LexiconKind = 'synonyms' | 'stop-words';

/** What the bytes of a lexicon file say (FORMAT.md). Throws a `LexiconError` that lists the file's problems, each with its line. */
export function parseLexiconFile(
  kind: LexiconKind,
  bytes: Uint8Array,
  { file, market }: LexiconFileName,
): LexiconSet {
  if (bytes.length > MOST_FILE_BYTES) {
    const message = `expected at most ${MOST_FILE_BYTES} bytes, got ${bytes.length}`;
    throw new LexiconError('malformed-file', `${file}: ${message}`);
  }
  const text = decodeText(bytes, file);
  switch (kind) {
    case 'synonyms':
      return parseSynonyms(text, file, market);
    case 'stop-words':
      return parseStopWords(text, file, market);
  }
}

/** The text of UTF-8 bytes. Throws `malformed-file` with the first line that is none. */
function decodeText(bytes: Uint8Array, fileName: string): string {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    return decoder.decode(bytes);
  } catch {
    const line = firstBrokenLine(bytes, decoder);
    const message = 'expected UTF-8 text, got bytes that are not';
    throw new LexiconError('malformed-file', `${fileName}:${line}: ${message}`, [
      { line, message },
    ]);
  }
}

function firstBrokenLine(bytes: Uint8Array, decoder: TextDecoder): number {
  let line = 1;
  for (let start = 0; start < bytes.length; line++) {
    const end = bytes.indexOf(0x0a, start);
    const stop = end < 0 ? bytes.length : end;
    try {
      decoder.decode(bytes.subarray(start, stop));
    } catch {
      return line;
    }
    start = stop + 1;
  }
  return line;
}
