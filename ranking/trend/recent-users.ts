const MINUTE_MS = 60_000;
const DAY_MINUTES = 24 * 60;

/**
 * The users who lately searched each of many queries, as numbers, the last few a slot: enough to count a user once a day and to tell how many
 * distinct ones a window has, up to that few. 8 bytes a user.
 */
export class RecentUsers {
  /** Users that are remembered a slot; counts of distinct users end there. */
  readonly most: number;
  #users: Uint32Array;
  /** Minutes since the epoch when the user was counted; 0 for a free place. */
  #minutes: Uint32Array;

  constructor(slots: number, most: number) {
    this.most = most;
    this.#users = new Uint32Array(slots * most);
    this.#minutes = new Uint32Array(slots * most);
  }

  grow(slots: number): void {
    const users = new Uint32Array(slots * this.most);
    const minutes = new Uint32Array(slots * this.most);
    users.set(this.#users);
    minutes.set(this.#minutes);
    this.#users = users;
    this.#minutes = minutes;
  }

  clear(slot: number): void {
    this.#minutes.fill(0, slot * this.most, (slot + 1) * this.most);
  }

  /** Notes a search; whether it counts: not when the user's last one that did is less than a day away. */
  note(slot: number, user: number, atMs: number): boolean {
    const minute = Math.max(1, Math.floor(atMs / MINUTE_MS));
    const from = slot * this.most;
    let oldest = from;
    for (let place = from; place < from + this.most; place++) {
      const known = this.#minutes[place]!;
      if (known !== 0 && this.#users[place] === user) {
        if (Math.abs(minute - known) < DAY_MINUTES) return false;
        this.#minutes[place] = Math.max(minute, known);
        return true;
      }
      if (known < this.#minutes[oldest]!) oldest = place;
    }
    // A search that is older than all that are remembered has nothing to push out.
    if (this.#minutes[oldest]! > minute) return true;
    this.#users[oldest] = user;
    this.#minutes[oldest] = minute;
    return true;
  }

  /** Takes back what `note` noted for a user. */
  forget(slot: number, user: number): void {
    const from = slot * this.most;
    for (let place = from; place < from + this.most; place++) {
      if (this.#users[place] === user) this.#minutes[place] = 0;
    }
  }

  /** Forgets a user in all slots; in how many. What they added to sums stays, and names nobody. */
  forgetEverywhere(user: number): number {
    let removed = 0;
    for (let place = this.#users.indexOf(user); place >= 0; ) {
      if (this.#minutes[place] !== 0) removed++;
      this.#users[place] = 0;
      this.#minutes[place] = 0;
      place = this.#users.indexOf(user, place + 1);
    }
    return removed;
  }

  /** Distinct users who were counted in a span that ends now, `most` for any number from there on. */
  countSince(slot: number, fromMs: number, nowMs: number): number {
    const first = Math.floor(fromMs / MINUTE_MS);
    const last = Math.floor(nowMs / MINUTE_MS);
    const from = slot * this.most;
    let count = 0;
    for (let place = from; place < from + this.most; place++) {
      const minute = this.#minutes[place]!;
      if (minute !== 0 && minute > first && minute <= last) count++;
    }
    return count;
  }
}
