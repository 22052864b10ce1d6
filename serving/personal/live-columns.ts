import { CandidateTable, NONE } from '../../ranking/features/candidate-table.ts';
import type { DividedRanker } from '../../ranking/rankers/divided-ranker.ts';
import type { AskerRows } from './asker-rows.ts';
import {
  BLOCK_ROWS,
  type CandidateBlock,
  type LiveState,
  type RowTally,
} from './candidate-block.ts';
import type { ClickRates, Tally } from './click-rates.ts';
import { HALF_LIVES_MS, type LiveCounts } from './live-counts.ts';
import { CLICKS_AFTER_AT, CLICKS_AT, COUNTS_AT, SNAPSHOT_AT } from './packed-facts.ts';
import type { SnapshotFace } from './snapshot-face.ts';
import { type ShownAfter, tallyOf } from './tallied-completions.ts';

/** What is counted fades: a block shows it as it was at most so long ago. What is counted anew is seen at once. */
const FADING_MS = 60_000;
/** All rates move with the usual one, by which this one is told; those of a block are off by no more than about so many bits. */
const USUAL: Tally = { looks: 20, clicks: 2, atMs: 0, isGone: false };
const USUAL_BITS = 0.001;

/** What is counted live. */
export interface LiveStates {
  readonly counts: LiveCounts | null;
  readonly clicks: ClickRates | null;
}

/** Keeps what is counted live in the columns of blocks, and with it their partial scores: rows are scored anew when their counts or clicks changed. */
export class LiveColumns {
  readonly #states: LiveStates;
  readonly #ranker: DividedRanker;
  readonly #isChanged = new Uint8Array(BLOCK_ROWS);
  readonly #few = new CandidateTable(BLOCK_ROWS);
  readonly #numbers = new Uint8Array(BLOCK_ROWS);

  constructor(states: LiveStates, ranker: DividedRanker) {
    this.#states = states;
    this.#ranker = ranker;
  }

  /** Brings a block up to what is counted now. Some comparisons where nothing was. */
  refresh(face: SnapshotFace, block: CandidateBlock, nowMs: number): void {
    const { live } = block;
    const { counts, clicks } = this.#states;
    const after = clicks?.talliesAfter(block.found.normalised);
    const shownAfter = after === undefined ? null : face.shownAfter(after);
    const isFaded = !(Math.abs(nowMs - live.nowMs) < FADING_MS);
    const isCounted = counts !== null && counts.revision !== live.counts;
    if (clicks !== null) face.tallied.follow(face, clicks);
    const isLinked =
      clicks !== null &&
      (live.after !== shownAfter || hasGone(live) || !linkNew(face, block, clicks));
    const usual = clicks?.rateOfTally(USUAL) ?? 0;
    const isOff = Math.abs(usual - live.usual) > USUAL_BITS;
    const isClicked = hasClicks(live);
    if (!(isFaded || isCounted || isLinked || isClicked || isOff)) return;
    const isNew = live.nowMs === Number.NEGATIVE_INFINITY;
    this.#isChanged.fill(isNew ? 1 : 0, 0, block.size);
    // What did not change is not to seem to: times are those of the last fading.
    if (isFaded) live.nowMs = nowMs;
    if (isFaded || isCounted) this.#readCounts(face, block, isFaded);
    if (isLinked) this.#linkTallies(face, block, shownAfter);
    if (isOff) live.usual = usual;
    if (isLinked || isClicked || isOff) this.#readClicks(block, isOff);
    live.counts = counts?.revision ?? 0;
    this.#score(block);
  }

  /** Fills in what is counted of a completion of another table. */
  readCompletion(face: SnapshotFace, candidates: CandidateTable, row: number, nowMs: number): void {
    const { counts, clicks } = this.#states;
    const id = candidates.ids[row]!;
    const { hourCounts, dayCounts, weekCounts } = candidates;
    if (weekCounts[row]! > 0) {
      const { ofHour, ofDay, ofWeek } = leftAfter(sinceSnapshotMs(face, nowMs));
      hourCounts[row]! *= ofHour;
      dayCounts[row]! *= ofDay;
      weekCounts[row]! *= ofWeek;
    }
    const count = counts === null ? undefined : countOf(counts, id, nowMs);
    if (count !== undefined) {
      hourCounts[row]! += count.hour;
      dayCounts[row]! += count.day;
      weekCounts[row]! += count.week;
    }
    const shown = clicks === null ? undefined : face.shown(id);
    if (shown === undefined || clicks === null) return;
    const tally = tallyOf(shown, clicks);
    if (tally !== undefined) candidates.clickRates[row] = clicks.rateOfTally(tally);
  }

  /** Notes the rates of what was shown after the text of a block, as far as the block does not have it: of its own rows it has them. */
  noteRatesAfter({ live }: CandidateBlock, rows: AskerRows): void {
    const { clicks } = this.#states;
    if (live.after === null || clicks === null || !rows.hasOthers) return;
    const { completions, tallies } = live.after;
    for (let i = 0; i < completions.length; i++) {
      const row = rows.findOther(completions[i]!);
      if (row !== NONE) rows.table.prefixClickRates[row] = clicks.rateOfTally(tallies[i]!);
    }
  }

  /** Reads what is counted of the rows: of all of them, or of those of which something was counted since. */
  #readCounts(face: SnapshotFace, block: CandidateBlock, isFaded: boolean): void {
    const { counts } = this.#states;
    const { live } = block;
    const left = leftAfter(sinceSnapshotMs(face, live.nowMs));
    const isFew =
      !isFaded &&
      counts?.visitChanged(live.counts, (completion) => {
        const row = block.mayHave(completion) ? block.find(completion) : NONE;
        if (row !== NONE) this.#readCountsOf(block, row, left);
      }) === true;
    if (isFew) return;
    for (let row = 0; row < block.size; row++) this.#readCountsOf(block, row, left);
  }

  #readCountsOf(block: CandidateBlock, row: number, { ofHour, ofDay, ofWeek }: LeftOfCounts): void {
    const { floats, live } = block;
    const { counts } = this.#states;
    const facts = block.factsAt(row);
    const at = facts + COUNTS_AT;
    const from = facts + SNAPSHOT_AT;
    const hour = floats[at]!;
    const day = floats[at + 1]!;
    const week = floats[at + 2]!;
    floats[at] = floats[from]! * ofHour;
    floats[at + 1] = floats[from + 1]! * ofDay;
    floats[at + 2] = floats[from + 2]! * ofWeek;
    const count = counts === null ? undefined : countOf(counts, block.idOf(row), live.nowMs);
    if (count !== undefined) {
      floats[at]! += count.hour;
      floats[at + 1]! += count.day;
      floats[at + 2]! += count.week;
    }
    const isSame = hour === floats[at] && day === floats[at + 1] && week === floats[at + 2];
    if (!isSame) this.#isChanged[row] = 1;
  }

  /** Looks up what is counted of the rows: what was not shown has no clicks. Rows whose tallies stay as they were are not scored anew. */
  #linkTallies(face: SnapshotFace, block: CandidateBlock, after: ShownAfter | null): void {
    const clicks = this.#states.clicks!;
    const { live, floats } = block;
    const before = live.tallies;
    const link = (row: number, tally: Tally, isAfter: boolean): void => {
      const known = before.find((each) => each.tally === tally && each.row === row);
      live.tallies.push(known ?? { row, tally, isAfter, looks: Number.NaN, clicks: Number.NaN });
    };
    live.tallies = [];
    for (let row = 0; row < block.size; row++) {
      const shown = face.shown(block.idOf(row));
      if (shown === undefined) continue;
      const tally = tallyOf(shown, clicks);
      if (tally !== undefined) link(row, tally, false);
    }
    after?.completions.forEach((id, i) => {
      const row = block.find(id);
      if (row !== NONE) link(row, after.tallies[i]!, true);
    });
    for (const each of before) {
      if (live.tallies.includes(each)) continue;
      floats[rateAt(block, each)] = 0;
      this.#isChanged[each.row] = 1;
    }
    live.tallied = face.tallied.count;
    live.after = after;
  }

  #readClicks(block: CandidateBlock, isOff: boolean): void {
    const { clicks } = this.#states;
    if (clicks === null) return;
    for (const each of block.live.tallies) {
      const { tally, row } = each;
      if (!isOff && tally.looks === each.looks && tally.clicks === each.clicks) continue;
      each.looks = tally.looks;
      each.clicks = tally.clicks;
      block.floats[rateAt(block, each)] = clicks.rateOfTally(tally);
      this.#isChanged[row] = 1;
    }
  }

  #score(block: CandidateBlock): void {
    const few = this.#few.clear();
    const numbers = this.#numbers;
    for (let row = 0; row < block.size; row++) {
      if (this.#isChanged[row] === 1) numbers[block.copyRow(row, few)] = row;
    }
    if (few.size === 0) return;
    this.#ranker.begin(few, { ...block.context, ...NOBODY }, block, numbers);
  }
}

/** What is the same whoever asks reads nothing of this. */
const NOBODY = { nowMs: 0, dayPart: 0, profile: null, sessionLifts: null, languageFits: null };

/** Whether something that was counted of rows is not counted any more. */
function hasGone({ tallies }: LiveState): boolean {
  for (let i = 0; i < tallies.length; i++) if (tallies[i]!.tally.isGone) return true;
  return false;
}

/** Looks up what is counted of rows since; false where that is not known, so that all are to be looked up. */
function linkNew(face: SnapshotFace, block: CandidateBlock, clicks: ClickRates): boolean {
  const { tallied } = face;
  const { live } = block;
  if (live.tallied === tallied.count) return true;
  if (live.tallied < 0) return false;
  const isWhole = tallied.visitSince(live.tallied, (completion) => {
    const row = block.find(completion);
    const shown = row === NONE ? undefined : face.shown(completion);
    const tally = shown === undefined ? undefined : tallyOf(shown, clicks);
    if (tally === undefined || live.tallies.some((each) => each.tally === tally)) return;
    live.tallies.push({ row, tally, isAfter: false, looks: Number.NaN, clicks: Number.NaN });
  });
  if (isWhole) live.tallied = tallied.count;
  return isWhole;
}

/** Whether something was counted since rates were read. */
function hasClicks({ tallies }: LiveState): boolean {
  for (let i = 0; i < tallies.length; i++) {
    const { tally, looks, clicks } = tallies[i]!;
    if (tally.looks !== looks || tally.clicks !== clicks) return true;
  }
  return false;
}

/** What is counted of a completion, as of a time; undefined where nothing is. */
function countOf(
  counts: LiveCounts,
  id: number,
  nowMs: number,
): { readonly hour: number; readonly day: number; readonly week: number } | undefined {
  const count = counts.isEmpty ? undefined : counts.of(id);
  if (count === undefined) return undefined;
  const { ofHour, ofDay, ofWeek } = leftAfter(Math.max(0, nowMs - count.atMs));
  return { hour: count.hour * ofHour, day: count.day * ofDay, week: count.week * ofWeek };
}

/** Where a block has the rate that a tally tells. */
function rateAt(block: CandidateBlock, { row, isAfter }: RowTally): number {
  return block.factsAt(row) + (isAfter ? CLICKS_AFTER_AT : CLICKS_AT);
}

/** How long ago the snapshot's counts were. */
function sinceSnapshotMs({ asOfMs }: SnapshotFace, nowMs: number): number {
  return asOfMs === null ? 0 : Math.max(0, nowMs - asOfMs);
}

/** What is left of counts. */
interface LeftOfCounts {
  readonly ofHour: number;
  readonly ofDay: number;
  readonly ofWeek: number;
}

/** What is left of counts by half-lives of an hour, a day and a week. */
function leftAfter(passedMs: number): LeftOfCounts {
  // A week has seven days of 24 hours: what is left by half-lives of a day is the seventh power of that by a week's.
  const ofWeek = halved(passedMs / HALF_LIVES_MS[2]);
  const ofDay = ofWeek * ofWeek * ofWeek * ofWeek * ofWeek * ofWeek * ofWeek;
  const cube = ofDay * ofDay * ofDay;
  const square = cube * cube;
  return { ofHour: square * square * square * square, ofDay, ofWeek };
}

/** What is left after so many half-lives; a third of the time of a power of 2. */
function halved(halfLives: number): number {
  return Math.exp(-Math.LN2 * halfLives);
}
