/** What somebody removed and has not searched since: no surface shows it to them, whatever proposed it. */
export interface RemovedTexts {
  /** How many there are. */
  readonly size: number;
  /** A microsecond or two. */
  has(normalised: string): boolean;
}
