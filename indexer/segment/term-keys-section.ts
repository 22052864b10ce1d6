import { KEY_MARKS, type TermKey, type TermKeyKind } from '../../dictionaries/reading/term-keys.ts';
import type { Container, ContainerBuilder } from './container.ts';
import { SegmentError } from './errors.ts';
import { GrowableUint32Array } from './growable-array.ts';
import { type KeyRange, KeyTable, KeyTableBuilder } from './key-table.ts';
import type { RankStream } from './rank-stream.ts';
import { withoutJoiner } from './term-table.ts';

/**
 * Other ways of writing the segment's terms: a table of keys, each with the terms that are written so. An entry's key is the mark of
 * its kind and the key; its rank is the best completion that holds the term, so that the best entries are the likeliest terms.
 */
const NAME = 'termkeys';

/**
 * Adds the sections `termkeys.*` for terms in id order, unless no term has a key. `bestIds` has the best completion of each
 * term; `keysOf` gives the keys of a term without its joiner.
 */
export function writeTermKeys(
  builder: ContainerBuilder,
  sortedTerms: readonly string[],
  bestIds: Uint32Array,
  keysOf: (term: string) => readonly TermKey[],
): void {
  const keys = new KeyTableBuilder();
  const terms = new GrowableUint32Array();
  sortedTerms.forEach((term, id) => {
    const marked = keysOf(withoutJoiner(term)).map(({ kind, key }) => KEY_MARKS[kind] + key);
    marked.forEach((key, i) => {
      if (marked.indexOf(key) === i && keys.add(key)) terms.push(id);
    });
  });
  if (keys.size === 0) return;
  const added = terms.view();
  const order = keys.write(
    builder,
    NAME,
    added.map((term) => bestIds[term]!),
  );
  builder.add(
    `${NAME}.terms`,
    order.map((i) => added[i]!),
  );
}

/** Which terms are written in a way that has a key. */
export class TermKeyTable {
  /** Entries of all kinds. */
  readonly size: number;
  private readonly table: KeyTable;
  private readonly terms: Uint32Array;
  private readonly kinds: ReadonlySet<TermKeyKind>;

  private constructor(container: Container) {
    this.table = KeyTable.open(container, NAME);
    this.size = this.table.size;
    this.terms = container.uint32(`${NAME}.terms`);
    if (this.terms.length !== this.size) {
      throw new SegmentError(
        'bad-section',
        `segment section '${NAME}.terms': expected ${this.size} terms, got ${this.terms.length}`,
      );
    }
    const marks = Object.entries(KEY_MARKS) as [TermKeyKind, string][];
    this.kinds = new Set(
      marks.flatMap(([kind, mark]) => (isEmpty(this.table.prefixRange(mark)) ? [] : [kind])),
    );
  }

  /** The table of a segment, null where it has none. */
  static open(container: Container): TermKeyTable | null {
    return container.has(`${NAME}.keys`) ? new TermKeyTable(container) : null;
  }

  /** Whether any term has a key of this kind. */
  has(kind: TermKeyKind): boolean {
    return this.kinds.has(kind);
  }

  /** The entries of one kind whose key is `key` (`whole`) or begins with it (`beginning`). */
  range(kind: TermKeyKind, key: string, mode: 'whole' | 'beginning'): KeyRange {
    const marked = KEY_MARKS[kind] + key;
    return mode === 'whole' ? this.table.exactRange(marked) : this.table.prefixRange(marked);
  }

  /** Term id of an entry. */
  termAt(entry: number): number {
    return this.terms[entry]!;
  }

  /** Key of an entry, without its kind's mark. */
  keyAt(entry: number): string {
    return this.table.keyAt(entry).slice(1);
  }

  /** The best completion that holds an entry's term. */
  bestCompletionAt(entry: number): number {
    return this.table.rankAt(entry);
  }

  /**
   * Puts the at most `k` entries of a range whose terms stand in the best completions into `out`, best first, ties by entry; returns
   * their number. `k` is at most MAX_RESULTS. A term that several keys of the range lead to comes several times.
   */
  best(range: KeyRange, k: number, out: Uint32Array): number {
    return this.table.best(range, k, out);
  }

  /** As `best`, one entry a call. */
  stream(range: KeyRange): RankStream {
    return this.table.stream(range);
  }

  /** @throws SegmentError when an order invariant does not hold; that keys are those of their terms is not checked. */
  verify(bestIds: Uint32Array): void {
    this.table.verify();
    let before = '';
    this.table.forEachKey((entry, bytes) => {
      const key = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
      const term = this.terms[entry]!;
      if (!MARKS.has(key.slice(0, 1))) {
        throw fault('keys', entry, `expected a mark of ${[...MARKS].join('')}, got another one`);
      }
      if (term >= bestIds.length || (key === before && term <= this.terms[entry - 1]!)) {
        throw fault(
          'terms',
          entry,
          `expected ascending terms below ${bestIds.length}, got ${term}`,
        );
      }
      if (this.table.rankAt(entry) !== bestIds[term]) {
        throw fault('ranks', entry, `expected ${bestIds[term]}, got ${this.table.rankAt(entry)}`);
      }
      before = key;
    });
  }
}

const MARKS: ReadonlySet<string> = new Set(Object.values(KEY_MARKS));

function isEmpty({ low, high }: KeyRange): boolean {
  return low === high;
}

function fault(section: string, entry: number, what: string): SegmentError {
  return new SegmentError(
    'broken-order',
    `segment section '${NAME}.${section}', entry ${entry}: ${what}`,
  );
}
