import { readFile } from 'node:fs/promises';
import { LexiconError } from '../dictionaries/lexicon/lexicon-error.ts';
import { type LexiconKind, parseLexiconFile } from '../dictionaries/lexicon/lexicon-file.ts';
import type { LexiconFileName } from '../dictionaries/lexicon/lexicon-file-name.ts';
import { LexiconSet } from '../dictionaries/lexicon/lexicon-set.ts';
import { BuildError, messageOf } from './build-error.ts';

/** The files of synonyms and stop words that a build keeps in the snapshot. */
export interface LexiconFileLists {
  readonly synonyms: readonly LexiconFileName[];
  readonly stopWords: readonly LexiconFileName[];
}

/**
 * All that the files say together. Throws `unreadable-input` for a file that cannot be read, and `malformed-lexicon` with all the wrong
 * lines of the first file that has any.
 */
export async function readLexicon({ synonyms, stopWords }: LexiconFileLists): Promise<LexiconSet> {
  let lexicon = LexiconSet.EMPTY;
  for (const name of synonyms) lexicon = lexicon.plus(await readOne('synonyms', name));
  for (const name of stopWords) lexicon = lexicon.plus(await readOne('stop-words', name));
  return lexicon;
}

async function readOne(kind: LexiconKind, name: LexiconFileName): Promise<LexiconSet> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(name.file);
  } catch (cause) {
    const why = messageOf(cause);
    throw new BuildError('unreadable-input', `${name.file}: cannot be read: ${why}`, { cause });
  }
  try {
    return parseLexiconFile(kind, bytes, name);
  } catch (cause) {
    if (!(cause instanceof LexiconError)) throw cause;
    throw new BuildError('malformed-lexicon', cause.message, { cause });
  }
}
