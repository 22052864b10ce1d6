import { brandCompletion } from '../../../indexer/segment/completion-id.ts';
import type { Proposal } from '../generator.ts';

/** What was gathered of one completion. */
export interface Gathered {
  readonly id: number;
  readonly chance: number;
  /** The evidence that said most. */
  readonly evidence: string;
}

const FIRST_SLOTS = 2_048;

/**
 * Adds up what is found for each completion, and by which kind of evidence most. Used again for each request by its one owner: a hash table and columns that
 * grow to the largest request, so that a candidate allocates nothing.
 */
export class Gathering {
  private slots = new Int32Array(FIRST_SLOTS).fill(-1);
  private ids = new Uint32Array(FIRST_SLOTS / 2);
  private chances = new Float64Array(FIRST_SLOTS / 2);
  private most = new Float64Array(FIRST_SLOTS / 2);
  private evidence: string[] = [];
  private size = 0;
  /** Entries of the likeliest, best first, and their chances, cut at 1. */
  private order = new Uint32Array(0);
  private orderChances = new Float64Array(0);

  clear(): this {
    this.slots.fill(-1);
    this.size = 0;
    return this;
  }

  /** A completion is likely with this chance, beside what was said of it before. */
  add(id: number, chance: number, evidence: string): void {
    const mask = this.slots.length - 1;
    let slot = Math.imul(id, 0x9e3779b1) & mask;
    for (let entry = this.slots[slot]!; entry >= 0; entry = this.slots[slot]!) {
      if (this.ids[entry] === id) {
        this.chances[entry]! += chance;
        if (chance > this.most[entry]!) {
          this.most[entry] = chance;
          this.evidence[entry] = evidence;
        }
        return;
      }
      slot = (slot + 1) & mask;
    }
    const entry = this.size++;
    this.slots[slot] = entry;
    this.ids[entry] = id;
    this.chances[entry] = chance;
    this.most[entry] = chance;
    this.evidence[entry] = evidence;
    if (this.size === this.ids.length) this.grow();
  }

  /** The likeliest, at most `limit`, ties by id. `bonus` is added to each one's chance. */
  likeliest(limit: number, bonus?: (id: number) => number): readonly Gathered[] {
    const { ids, chances, evidence } = this;
    if (bonus !== undefined) {
      for (let entry = 0; entry < this.size; entry++) {
        chances[entry]! += bonus(ids[entry]!);
      }
    }
    const found: Gathered[] = [];
    const count = this.sortLikeliest(limit);
    for (let place = 0; place < count; place++) {
      const entry = this.order[place]!;
      found.push({ id: ids[entry]!, chance: chances[entry]!, evidence: evidence[entry]! });
    }
    return found;
  }

  /** The same, as proposals. */
  proposals(limit: number): readonly Proposal[] {
    return this.likeliest(limit).map(({ id, chance, evidence }) => ({
      id: brandCompletion(id),
      bits: chance >= 1 ? 0 : -Math.log2(chance),
      evidence,
    }));
  }

  /** Puts the entries of the likeliest into `order`; answers how many they are. A measured loop: insertion into a short list, which most entries do not get into. */
  private sortLikeliest(limit: number): number {
    if (limit === 0) return 0;
    if (this.order.length < limit) {
      this.order = new Uint32Array(limit);
      this.orderChances = new Float64Array(limit);
    }
    const { ids, chances, order, orderChances, size } = this;
    let held = 0;
    for (let entry = 0; entry < size; entry++) {
      // Chances above 1 come of sums that are no probabilities; as bits they are all 0.
      const chance = Math.min(1, chances[entry]!);
      if (!(chance > 0)) continue;
      const id = ids[entry]!;
      const isBefore = (place: number) =>
        chance > orderChances[place]! ||
        (chance === orderChances[place]! && id < ids[order[place]!]!);
      if (held === limit && !isBefore(limit - 1)) continue;
      // `at` is below the arrays' length: `held` was below `limit`, or the last place is given up.
      let at = held < limit ? held++ : limit - 1;
      for (; at > 0 && isBefore(at - 1); at--) {
        order[at] = order[at - 1]!;
        orderChances[at] = orderChances[at - 1]!;
      }
      order[at] = entry;
      orderChances[at] = chance;
    }
    return held;
  }

  private grow(): void {
    const { ids, chances, most, size } = this;
    const columns = 2 * size;
    this.ids = new Uint32Array(columns);
    this.chances = new Float64Array(columns);
    this.most = new Float64Array(columns);
    this.ids.set(ids);
    this.chances.set(chances);
    this.most.set(most);
    this.slots = new Int32Array(2 * columns).fill(-1);
    const mask = this.slots.length - 1;
    for (let entry = 0; entry < size; entry++) {
      let slot = Math.imul(this.ids[entry]!, 0x9e3779b1) & mask;
      while (this.slots[slot]! >= 0) slot = (slot + 1) & mask;
      this.slots[slot] = entry;
    }
  }
}
