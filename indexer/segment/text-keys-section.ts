import type { TextKey, TextKeyKind } from '../../dictionaries/reading/text-keys.ts';
import type { Container, ContainerBuilder } from './container.ts';
import { SegmentError } from './errors.ts';
import { GrowableUint32Array } from './growable-array.ts';
import { KeyStepsReader, writeKeySteps } from './key-steps.ts';
import { type KeyRange, KeyTable, KeyTableBuilder } from './key-table.ts';
import type { RankStream } from './rank-stream.ts';

/**
 * How completions of Han and kana are typed in Latin letters: a table of keys, each of a whole completion or its rest from a word on.
 * An entry's key is the mark of its kind and the key, its rank the completion; its start in the normalised text and how key and text
 * advance together lie beside it.
 */
const NAME = 'textkeys';

/** A character of its own for each kind, which keeps the kinds apart in one sorted table. */
export const TEXT_KEY_MARKS: Readonly<Record<TextKeyKind, string>> = {
  pinyin: 'p',
  pinyinInitials: 'q',
  romaji: 'k',
};

/** The text keys of one completion. */
export interface KeyedText {
  readonly id: number;
  readonly keys: readonly TextKey[];
}

/** Adds the sections `textkeys.*` for completions by ascending id, unless none has a key. */
export function writeTextKeys(builder: ContainerBuilder, texts: Iterable<KeyedText>): void {
  const table = new KeyTableBuilder();
  const ids = new GrowableUint32Array();
  const added: TextKey[] = [];
  for (const { id, keys } of texts) {
    for (const key of keys) {
      if (!table.add(TEXT_KEY_MARKS[key.kind] + key.key)) continue;
      ids.push(id);
      added.push(key);
    }
  }
  if (added.length === 0) return;
  const order = table.write(builder, NAME, ids.view());
  writeKeySteps(
    builder,
    NAME,
    Array.from(order, (i) => added[i]!),
  );
}

/** Which completions are read in a way that has a key. */
export class TextKeyTable {
  /** Entries of all kinds. */
  readonly size: number;
  private readonly table: KeyTable;
  private readonly details: KeyStepsReader;
  private readonly kinds: ReadonlySet<TextKeyKind>;

  private constructor(container: Container) {
    this.table = KeyTable.open(container, NAME);
    this.size = this.table.size;
    this.details = new KeyStepsReader(container, NAME, this.size);
    const marks = Object.entries(TEXT_KEY_MARKS) as [TextKeyKind, string][];
    this.kinds = new Set(
      marks.flatMap(([kind, mark]) => {
        const { low, high } = this.table.prefixRange(mark);
        return low === high ? [] : [kind];
      }),
    );
  }

  /** The table of a segment, null where it has none. */
  static open(container: Container): TextKeyTable | null {
    return container.has(`${NAME}.keys`) ? new TextKeyTable(container) : null;
  }

  /** Whether any completion has a key of this kind. */
  has(kind: TextKeyKind): boolean {
    return this.kinds.has(kind);
  }

  /** The entries of one kind whose key begins with `key`. */
  prefixRange(kind: TextKeyKind, key: string): KeyRange {
    return this.table.prefixRange(TEXT_KEY_MARKS[kind] + key);
  }

  /** The entries of one kind whose key is `key`. */
  exactRange(kind: TextKeyKind, key: string): KeyRange {
    return this.table.exactRange(TEXT_KEY_MARKS[kind] + key);
  }

  /** Key of an entry, without its kind's mark. */
  keyAt(entry: number): string {
    return this.table.keyAt(entry).slice(1);
  }

  /** Completion id of an entry, which is its rank too. */
  completionAt(entry: number): number {
    return this.table.rankAt(entry);
  }

  /** UTF-16 offset in the completion's normalised form where the entry's key begins. */
  startAt(entry: number): number {
    return this.details.startAt(entry);
  }

  /** How key and text advance together: [units of the key, units of the text] a step, flattened. */
  stepsAt(entry: number): number[] {
    return this.details.stepsAt(entry);
  }

  /**
   * Puts the at most `k` entries of a range with the best completions into `out`, best first, ties by entry; returns their number.
   * `k` is at most MAX_RESULTS. A completion that several keys of the range lead to comes several times.
   */
  best(range: KeyRange, k: number, out: Uint32Array): number {
    return this.table.best(range, k, out);
  }

  /** As `best`, one entry a call. */
  stream(range: KeyRange): RankStream {
    return this.table.stream(range);
  }

  /**
   * `unitsOf` gives the length of a completion's normalised form in UTF-16 units.
   *
   * @throws SegmentError when an order invariant does not hold; that keys are those of their texts is not checked.
   */
  verify(completions: number, unitsOf: (id: number) => number): void {
    this.table.verify();
    this.details.verify();
    let before = '';
    this.table.forEachKey((entry, bytes) => {
      const key = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8');
      const id = this.table.rankAt(entry);
      if (!MARKS.has(key.slice(0, 1))) {
        throw fault('keys', entry, `expected a mark of ${[...MARKS].join('')}, got another one`);
      }
      if (id >= completions || (key === before && id < this.table.rankAt(entry - 1))) {
        throw fault(
          'ranks',
          entry,
          `expected ascending completions below ${completions}, got ${id}`,
        );
      }
      before = key;
      const steps = this.stepsAt(entry);
      const keyUnits = sumOfEverySecond(steps, 0);
      const end = this.startAt(entry) + sumOfEverySecond(steps, 1);
      if (keyUnits !== key.length - 1 || end !== unitsOf(id)) {
        throw fault(
          'steps',
          entry,
          `expected ${key.length - 1} units of a key to the end of ${unitsOf(id)} of a text, got ${keyUnits} to ${end}`,
        );
      }
    });
  }
}

const MARKS: ReadonlySet<string> = new Set(Object.values(TEXT_KEY_MARKS));

function sumOfEverySecond(steps: readonly number[], first: number): number {
  let sum = 0;
  for (let i = first; i < steps.length; i += 2) sum += steps[i]!;
  return sum;
}

function fault(section: string, entry: number, what: string): SegmentError {
  return new SegmentError(
    'broken-order',
    `segment section '${NAME}.${section}', entry ${entry}: ${what}`,
  );
}
