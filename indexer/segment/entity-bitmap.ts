import type { Container, ContainerBuilder } from './container.ts';
import { SegmentError } from './errors.ts';

/**
 * Which completions name an entity rather than a query: a bit a completion, lowest first. A segment without entities has no
 * such section.
 */
const SECTION = 'entities';

/** Adds the section `entities` unless no completion is one. */
export function writeEntities(
  builder: ContainerBuilder,
  idToInput: Uint32Array,
  entityInputs: ReadonlySet<number>,
): void {
  if (entityInputs.size === 0) return;
  const words = new Uint32Array(Math.ceil(idToInput.length / 32));
  idToInput.forEach((input, id) => {
    if (entityInputs.has(input)) words[id >>> 5] = words[id >>> 5]! | (1 << (id & 31));
  });
  builder.add(SECTION, words);
}

/** Which completions are of the kind entity. */
export class EntityBitmap {
  /** Null where no completion is an entity. */
  private readonly words: Uint32Array | null;

  constructor(container: Container, completions: number) {
    this.words = container.has(SECTION) ? container.uint32(SECTION) : null;
    if (this.words !== null && this.words.length !== Math.ceil(completions / 32)) {
      throw new SegmentError(
        'bad-section',
        `segment section '${SECTION}': expected a bit for each of ${completions} completions, got ${this.words.length} words`,
      );
    }
  }

  /** Whether no completion is one. */
  get isEmpty(): boolean {
    return this.words === null;
  }

  has(id: number): boolean {
    return this.words !== null && ((this.words[id >>> 5]! >>> (id & 31)) & 1) === 1;
  }

  /** @throws SegmentError when a bit beyond the last completion is set. */
  verify(completions: number): void {
    const { words } = this;
    if (words === null || completions % 32 === 0) return;
    const last = words[words.length - 1]!;
    if (last >>> (completions % 32) !== 0) {
      throw new SegmentError(
        'broken-order',
        `segment section '${SECTION}': expected no bits from completion ${completions} on, got some`,
      );
    }
  }
}
