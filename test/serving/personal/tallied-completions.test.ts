import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ClickRates } from '../../../serving/personal/click-rates.ts';
import { RecentRing } from '../../../serving/personal/recent-ring.ts';
import {
  type ShownCompletion,
  type ShownCompletions,
  TalliedCompletions,
  tallyOf,
} from '../../../serving/personal/tallied-completions.ts';

const DAY_MS = 86_400_000;

describe('RecentRing', () => {
  it('visits what came since a number, in order, and says where that is forgotten', () => {
    const ring = new RecentRing<number>(3);
    for (let value = 0; value < 5; value++) ring.add(value);
    const seen: number[] = [];
    expect(ring.visitFrom(2, (value) => seen.push(value))).toBe(true);
    expect(ring.visitFrom(1, (value) => seen.push(-value))).toBe(false);
    expect(seen).toEqual([2, 3, 4]);
    expect(ring.visitFrom(5, () => seen.push(0))).toBe(true);
    expect([ring.count, seen.length]).toEqual([5, 3]);
  });
});

/** What was shown, by hand. */
class Shown implements ShownCompletions {
  readonly newlyShown: RecentRing<number>;
  readonly #shown = new Map<number, ShownCompletion>();

  constructor(remembered: number) {
    this.newlyShown = new RecentRing(remembered);
  }

  show(completion: number): void {
    if (this.#shown.has(completion)) return;
    this.#shown.set(completion, { id: `c${completion}`, tally: undefined });
    this.newlyShown.add(completion);
  }

  shown(completion: number): ShownCompletion | undefined {
    return this.#shown.get(completion);
  }

  completionOf(id: string): number | undefined {
    const completion = Number(id.slice(1));
    return this.#shown.has(completion) ? completion : undefined;
  }

  get completions(): readonly number[] {
    return [...this.#shown.keys()];
  }
}

let looks = 0;
function look(clicks: ClickRates, completion: number): void {
  const number = looks++;
  const items = [{ id: `c${completion}`, position: 1 }];
  const event = {
    type: 'impression',
    surface: 'suggest',
    eventId: `e${number}`,
    requestId: `r${number}`,
    atMs: DAY_MS,
    items,
  } as const;
  clicks.apply({ event, arrivedMs: DAY_MS, user: `u${number}`, session: null, market: 'und' });
}

const COMPLETION = fc.nat({ max: 11 });
const STEP = fc.oneof(
  fc.record({ kind: fc.constant('show' as const), completion: COMPLETION }),
  fc.record({ kind: fc.constant('look' as const), completion: COMPLETION }),
  fc.record({ kind: fc.constant('read' as const), completion: COMPLETION }),
);

describe('TalliedCompletions', () => {
  it('tells who looked before of all that is shown and counted since, or that they must look again', () => {
    fc.assert(
      fc.property(
        fc.array(STEP, { maxLength: 60 }),
        fc.integer({ min: 1, max: 20 }),
        (steps, remembered) => {
          const shown = new Shown(remembered);
          const clicks = new ClickRates();
          const tallied = new TalliedCompletions();
          const isCounted = (completion: number): boolean => {
            const known = shown.shown(completion);
            return known !== undefined && tallyOf(known, clicks) !== undefined;
          };
          tallied.follow(shown, clicks);
          let count = tallied.count;
          let known = new Set<number>();
          for (const { kind, completion } of steps) {
            if (kind === 'show') shown.show(completion);
            else if (kind === 'look') look(clicks, completion);
            else {
              tallied.follow(shown, clicks);
              const isWhole = tallied.visitSince(count, (each) => {
                if (isCounted(each)) known.add(each);
              });
              const all = new Set(shown.completions.filter(isCounted));
              if (!isWhole) known = all;
              expect([...known].sort()).toEqual([...all].sort());
              count = tallied.count;
            }
          }
        },
      ),
    );
  });

  it('adds nothing while nothing comes', () => {
    const shown = new Shown(8);
    const clicks = new ClickRates();
    const tallied = new TalliedCompletions();
    shown.show(1);
    look(clicks, 1);
    tallied.follow(shown, clicks);
    const { count } = tallied;
    look(clicks, 1);
    tallied.follow(shown, clicks);
    expect([count > 0, tallied.count]).toEqual([true, count]);
  });

  it('has everything looked up again after more than it could follow', () => {
    const shown = new Shown(2);
    const clicks = new ClickRates();
    const tallied = new TalliedCompletions();
    tallied.follow(shown, clicks);
    const { count } = tallied;
    for (let completion = 0; completion < 5; completion++) {
      look(clicks, completion);
      shown.show(completion);
    }
    tallied.follow(shown, clicks);
    expect(tallied.visitSince(count, () => {})).toBe(false);
    expect(tallied.visitSince(tallied.count, () => {})).toBe(true);
  });
});
