import { readFile, stat } from 'node:fs/promises';
import { type LexiconKind, parseLexiconFile } from '../../dictionaries/lexicon/lexicon-file.ts';
import type { LexiconFileName } from '../../dictionaries/lexicon/lexicon-file-name.ts';
import { LexiconSet } from '../../dictionaries/lexicon/lexicon-set.ts';
import { readServeConfig, type ServeConfig } from './config-file.ts';
import type { LexiconSource } from './lexicon-holder.ts';

/** The files that the command line names; each kind that it names wins over the configuration's. */
export interface LexiconFileLists {
  readonly synonyms?: readonly LexiconFileName[] | undefined;
  readonly stopWords?: readonly LexiconFileName[] | undefined;
}

interface ListedFile extends LexiconFileName {
  readonly kind: LexiconKind;
}

/**
 * Synonyms and stop words in files that may change while a server runs. Which files a configuration names is read from it anew each time; its
 * other settings hold from the start, and a change of them is told to `onOtherChange`.
 */
export class LexiconFiles implements LexiconSource {
  readonly #given: LexiconFileLists;
  readonly #configFile: string | null;
  readonly #otherSettings: string;
  readonly #onOtherChange: (file: string) => void;
  #files: readonly ListedFile[];

  constructor(
    given: LexiconFileLists,
    config: { readonly file: string; readonly content: ServeConfig } | null,
    onOtherChange: (file: string) => void,
  ) {
    this.#given = given;
    this.#configFile = config?.file ?? null;
    this.#otherSettings = otherSettings(config?.content ?? {});
    this.#onOtherChange = onOtherChange;
    this.#files = listFiles(given, config?.content ?? {});
  }

  /** Whether there is nothing to read, and no configuration that may name something. */
  get isEmpty(): boolean {
    return this.#configFile === null && this.#files.length === 0;
  }

  async readStamp(): Promise<string> {
    const config = this.#configFile === null ? [] : [this.#configFile];
    const files = [...config, ...this.#files.map(({ file }) => file)];
    return (await Promise.all(files.map(readFileStamp))).join(' ');
  }

  async read(): Promise<LexiconSet> {
    if (this.#configFile !== null) {
      const config = await readServeConfig(this.#configFile);
      if (otherSettings(config) !== this.#otherSettings) this.#onOtherChange(this.#configFile);
      // Kept though a file of them be broken: that file is then watched for its mending.
      this.#files = listFiles(this.#given, config);
    }
    let set = LexiconSet.EMPTY;
    for (const each of this.#files) set = set.plus(await readLexiconFile(each));
    return set;
  }
}

function listFiles(given: LexiconFileLists, config: ServeConfig): ListedFile[] {
  const synonyms = given.synonyms ?? config.synonyms ?? [];
  const stopWords = given.stopWords ?? config.stopWords ?? [];
  return [
    ...synonyms.map((name) => ({ ...name, kind: 'synonyms' as const })),
    ...stopWords.map((name) => ({ ...name, kind: 'stop-words' as const })),
  ];
}

function otherSettings({ synonyms, stopWords, ...others }: ServeConfig): string {
  const { market, inputMethods, corrections = {}, entities = {}, editorial = {} } = others;
  const { features = {}, retention = {}, ranking = {} } = others;
  return JSON.stringify([
    ...[market, inputMethods, corrections, entities],
    ...[editorial, features, retention, ranking],
  ]);
}

async function readLexiconFile({ kind, ...name }: ListedFile): Promise<LexiconSet> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(name.file);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`${name.file}: cannot be read: ${why}`, { cause });
  }
  return parseLexiconFile(kind, bytes, name);
}

/** What changes when a file is written, replaced, removed or made. */
async function readFileStamp(file: string): Promise<string> {
  try {
    const { mtimeNs, size, ino } = await stat(file, { bigint: true });
    return `${mtimeNs}:${size}:${ino}`;
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
  }
}
