import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type IpadicFeatures, TokenizerBuilder } from '@patdx/kuromoji';
import NodeDictionaryLoader from '@patdx/kuromoji/node';
import type { JapaneseReader, ReadWord } from '../../dictionaries/reading/japanese-reader.ts';

/** Parts of speech that nobody begins to type at: particles, auxiliary verbs, symbols. */
const BOUND = new Set(['助詞', '助動詞', '記号']);

/** Marks that make one grapheme with what they follow. */
const ATTACHED = /^(?:\p{M}|\u200d|\p{Emoji_Modifier})/u;
/** Words whose reading in the dictionary is the formal one, with the one that people type first. Both lead to them. */
const COMMON_READINGS: ReadonlyMap<string, string> = new Map([['日本', 'ニホン']]);

const KANA_ONLY = /^[\p{Script=Hiragana}\p{Script=Katakana}ー]+$/u;

let loading: Promise<JapaneseReader> | undefined;

/**
 * The reader of Japanese text, by kuromoji's IPADIC dictionary, which is read from the package once a process: about 0.7 s and 390 MB, so
 * only ask for it when there is Japanese text. Reading costs about 80 µs a text.
 *
 * @throws Error when the package's dictionary cannot be read.
 */
export function loadJapaneseReader(): Promise<JapaneseReader> {
  loading ??= load();
  return loading;
}

async function load(): Promise<JapaneseReader> {
  const entry = fileURLToPath(import.meta.resolve('@patdx/kuromoji'));
  const dictionary = join(dirname(entry), '..', 'dict');
  const loader = new NodeDictionaryLoader({ dic_path: dictionary });
  const tokenizer = await new TokenizerBuilder({ loader }).build();
  return {
    read: (text) => {
      const words = joinAttached(readParts(text, (part) => tokenizer.tokenize(part).map(readWord)));
      // The analyser loses its place among rare characters of two units.
      const isWhole = words.map(({ surface }) => surface).join('') === text;
      return isWhole ? words : [{ surface: text, reading: null, spoken: null, opens: true }];
    },
  };
}

/** The words of each part between spaces: a space ends a phrase, and a word before one is read otherwise if the analyser is shown it (富士山 as フジヤマ). */
function readParts(text: string, read: (part: string) => readonly ReadWord[]): ReadWord[] {
  return text.split(/( +)/).flatMap((part) => {
    if (part === '') return [];
    if (part.startsWith(' ')) return [{ surface: part, reading: null, spoken: null, opens: false }];
    return read(part);
  });
}

function readWord({
  surface_form: surface,
  reading,
  pronunciation,
  pos,
}: IpadicFeatures): ReadWord {
  const common = COMMON_READINGS.get(surface);
  if (common !== undefined) {
    return { surface, reading: common, spoken: reading ?? null, opens: !BOUND.has(pos) };
  }
  return {
    surface,
    reading: reading ?? (KANA_ONLY.test(surface) ? surface : null),
    spoken: pronunciation ?? null,
    opens: !BOUND.has(pos),
  };
}

/** Words end where graphemes end: one that begins with a mark goes with the word before. */
function joinAttached(words: readonly ReadWord[]): ReadWord[] {
  const joined: ReadWord[] = [];
  for (const word of words) {
    const last = joined.at(-1);
    if (last === undefined || !ATTACHED.test(word.surface)) joined.push(word);
    else
      joined[joined.length - 1] = {
        ...last,
        surface: last.surface + word.surface,
        reading: null,
        spoken: null,
      };
  }
  return joined;
}
