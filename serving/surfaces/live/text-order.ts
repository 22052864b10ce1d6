/** Something that stands in an order by its text, once for each number. */
export interface OrderedText {
  readonly number: number;
  readonly normalised: string;
}

/** Texts by their code units, each with a space behind it, so that a typed text with its trailing space finds whole words. Adding and removing cost a search and a move of the later ones. */
export class TextOrder<T extends OrderedText> {
  readonly #texts: T[] = [];

  add(text: T): void {
    this.#texts.splice(this.#placeOf(text), 0, text);
  }

  remove(text: T): void {
    const place = this.#placeOf(text);
    if (this.#texts[place]?.number === text.number) this.#texts.splice(place, 1);
  }

  /** All texts that begin with what is typed, the end of a text being as good as a space. */
  beginningWith(typed: string): T[] {
    const start = this.#firstWhere((text) => keyOf(text) >= typed);
    const end = this.#firstWhere((text) => {
      const key = keyOf(text);
      return key > typed && !key.startsWith(typed);
    });
    return this.#texts.slice(start, end);
  }

  #placeOf({ number, normalised }: OrderedText): number {
    const key = `${normalised} `;
    return this.#firstWhere((other) => {
      const otherKey = keyOf(other);
      return otherKey > key || (otherKey === key && other.number >= number);
    });
  }

  /** The first place from which on a condition holds. */
  #firstWhere(holds: (text: T) => boolean): number {
    let low = 0;
    let high = this.#texts.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (holds(this.#texts[middle]!)) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

function keyOf({ normalised }: OrderedText): string {
  return `${normalised} `;
}
