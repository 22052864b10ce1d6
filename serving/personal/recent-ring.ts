/** The latest values of a stream, by their number in it: who read it before sees what came since, without a list of its own. */
export class RecentRing<Value> {
  readonly #values: Value[] = [];
  readonly #capacity: number;
  #count = 0;

  /** @param capacity values that are remembered */
  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** Values so far. */
  get count(): number {
    return this.#count;
  }

  add(value: Value): void {
    this.#values[this.#count++ % this.#capacity] = value;
  }

  /** Visits the values from number `from` on, in order. @returns false, with none visited, where some of them are forgotten */
  visitFrom(from: number, visit: (value: Value) => void): boolean {
    const end = this.#count;
    if (end - from > this.#capacity) return false;
    for (let number = from; number < end; number++) visit(this.#values[number % this.#capacity]!);
    return true;
  }
}
