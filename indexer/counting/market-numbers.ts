/** Numbers the markets of rows in the order in which they come; `und`, which is that of rows without one, is 0. */
export class MarketNumbers {
  readonly #numbers = new Map<string | undefined, number>([[undefined, 0]]);

  /** The number of a market; a new one for one that was not seen before. */
  numberOf(market: string | undefined): number {
    const known = this.#numbers.get(market);
    if (known !== undefined) return known;
    const number = this.#numbers.size;
    this.#numbers.set(market, number);
    return number;
  }

  /** The markets by their number. */
  list(): readonly string[] {
    return [...this.#numbers.keys()].map((market) => market ?? 'und');
  }
}
