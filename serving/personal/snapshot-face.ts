import type { Manifest } from '../../indexer/segment/manifest.ts';
import type { Segment } from '../../indexer/segment/segment.ts';
import type { TrendSectionTable } from '../../indexer/segment/trend-section-table.ts';
import type { Engine } from '../retrieval/engine.ts';
import type { MarketChoice } from '../retrieval/market-choice.ts';
import { logScoreOf } from '../retrieval/view-score.ts';
import { type BlockSource, CandidateBlocks } from './candidate-blocks.ts';
import type { MarketFacts } from './candidate-facts.ts';
import type { TalliesAfter, Tally } from './click-rates.ts';
import { CompletionLanguages } from './completion-languages.ts';
import { KnownAsker } from './known-asker.ts';
import { KnownFacts } from './known-facts.ts';
import { ProfileBinder } from './profile-binder.ts';
import type { ProfileReading } from './profile-source.ts';
import { RecentRing } from './recent-ring.ts';
import { SessionLeads } from './session-leads.ts';
import { SessionMemory } from './session-memory.ts';
import { SlipCorrections } from './slip-corrections.ts';
import {
  type ShownAfter,
  type ShownCompletion,
  type ShownCompletions,
  TalliedCompletions,
} from './tallied-completions.ts';

/** Completions whose ids of suggestions are remembered. */
export const MOST_IDS = 65_536;
const MOST_NEWLY_SHOWN = 4_096;
/** A bound profile is read again after so long: its weights fade. */
const REBIND_MS = 10 * 60_000;

/** What personal ranking needs of one snapshot, made when it is first asked. */
export class SnapshotFace implements BlockSource, ShownCompletions {
  readonly segment: Segment;
  readonly manifest: Manifest;
  readonly engine: Engine;
  readonly binder: ProfileBinder;
  readonly sessions: SessionMemory;
  readonly slips: SlipCorrections;
  readonly blocks: CandidateBlocks;
  readonly facts: KnownFacts;
  /** Null where the snapshot has one language only. */
  readonly languages: CompletionLanguages | null;
  /** Epoch milliseconds that the snapshot counts from; null where it does not say. */
  readonly asOfMs: number | null;
  /** The latest completions that came to be shown. */
  readonly newlyShown = new RecentRing<number>(MOST_NEWLY_SHOWN);
  readonly tallied = new TalliedCompletions();
  readonly #trends = new Map<string, TrendSectionTable | null>();
  readonly #totals = new Map<string, number>();
  readonly #askers = new WeakMap<
    ProfileReading,
    { readonly revision: number; readonly atMs: number; readonly asker: KnownAsker }
  >();
  /** Another number once what came to be shown is forgotten, and is to be noted again. */
  shownEpoch = 0;
  readonly #ids = new Map<number, ShownCompletion>();
  readonly #completions = new Map<string, number>();
  /** A bit a completion: whether `#ids` has it. */
  readonly #marks: Uint32Array;
  /** Ids with a rate after some text that name no completion yet: of an earlier snapshot's list, or of own entries, which never do. */
  readonly #awaited = new Set<string>();
  /** How often one of them came. */
  #came = 0;
  readonly #after = new WeakMap<TalliesAfter, ShownAfter>();

  /** @param slopes of a row, see `CandidateBlocks` */
  constructor(segment: Segment, manifest: Manifest, engine: Engine, slopes: number) {
    this.segment = segment;
    this.manifest = manifest;
    this.engine = engine;
    this.binder = new ProfileBinder(segment, manifest.safety);
    this.sessions = new SessionMemory(new SessionLeads(segment), this.binder.anchors);
    this.slips = new SlipCorrections(segment);
    this.languages = CompletionLanguages.of(segment);
    this.blocks = new CandidateBlocks(this, slopes);
    this.facts = new KnownFacts(segment, (market) => this.factsOf(market));
    this.#marks = new Uint32Array((segment.completions >>> 5) + 1);
    this.asOfMs = manifest.asOf === null ? null : Date.parse(manifest.asOf);
  }

  /** What is known of whose profile a reading is of; read again when the profile changed. Null without one. */
  askerOf(reading: ProfileReading, nowMs: number): KnownAsker | null {
    const { profile, revision } = reading;
    if (profile === null || profile.lastMs === null) return null;
    const known = this.#askers.get(reading);
    if (known?.revision === revision && Math.abs(nowMs - known.atMs) < REBIND_MS)
      return known.asker;
    const asker = new KnownAsker(this.binder.bind(profile, nowMs), nowMs, this.languages);
    this.#askers.set(reading, { revision, atMs: nowMs, asker });
    return asker;
  }

  /** What is known of the completions of a market beside the segment. */
  factsOf(market: string): MarketFacts {
    return { trends: this.#trendsOf(market), languages: this.languages };
  }

  /** Late counts of a market. */
  #trendsOf(market: string): TrendSectionTable | null {
    let table = this.#trends.get(market);
    if (table === undefined) {
      table = this.segment.trends?.tableOf(market) ?? null;
      this.#trends.set(market, table);
    }
    return table;
  }

  /** log2 of the sum of the scores of a market; added up when it is first asked for, milliseconds for a million completions. */
  totalLogScore({ market, views }: MarketChoice): number {
    const known = this.#totals.get(market);
    if (known !== undefined) return known;
    let sum = 0;
    for (const view of views) {
      for (let rank = 0; rank < view.size; rank++) sum += 2 ** logScoreOf(this.segment, view, rank);
    }
    const total = sum > 0 ? Math.log2(sum) : 0;
    this.#totals.set(market, total);
    return total;
  }

  /** Remembers the id that a completion was shown under: what events name it by. */
  noteShown(completion: number, id: string): void {
    if (this.#isMarked(completion)) return;
    if (this.#ids.size >= MOST_IDS) {
      this.#ids.clear();
      this.#completions.clear();
      this.#marks.fill(0);
      this.shownEpoch++;
    }
    if (this.#awaited.delete(id)) this.#came++;
    this.#ids.set(completion, { id, tally: undefined });
    this.#completions.set(id, completion);
    this.#marks[completion >>> 5]! |= 1 << (completion & 31);
    this.newlyShown.add(completion);
  }

  /** Remembers the ids of the best completions (`bestIds`) that something is counted of: what was shown by an earlier process, by an earlier snapshot, or to nobody in particular. */
  noteCounted(ids: readonly string[], isCounted: (id: string) => boolean): void {
    for (const [completion, id] of ids.entries()) if (isCounted(id)) this.noteShown(completion, id);
  }

  /** What a completion was shown as; undefined for what was not shown. */
  shown(completion: number): ShownCompletion | undefined {
    return completion >= 0 && this.#isMarked(completion) ? this.#ids.get(completion) : undefined;
  }

  /** The completion that was shown under an id; undefined where none was. */
  completionOf(id: string): number | undefined {
    return this.#completions.get(id);
  }

  #isMarked(completion: number): boolean {
    return (this.#marks[completion >>> 5]! & (1 << (completion & 31))) !== 0;
  }

  /** What was shown after a typed text, by completion; worked out anew when something came or went. */
  shownAfter(after: TalliesAfter): ShownAfter {
    let known = this.#after.get(after);
    if (known?.revision === after.revision) {
      // What was shown by an earlier snapshot has its completion once this one shows it.
      const isWhole = known.completions.length === after.tallies.size;
      if (isWhole || known.came === this.#came) return known;
    }
    const completions: number[] = [];
    const tallies: Tally[] = [];
    for (const [id, tally] of after.tallies) {
      const completion = this.#completions.get(id);
      if (completion === undefined) {
        if (this.#awaited.size < MOST_IDS) this.#awaited.add(id);
        continue;
      }
      completions.push(completion);
      tallies.push(tally);
    }
    // Of the same tallies as many have completions: the same ones.
    if (known?.revision === after.revision && known.completions.length === completions.length) {
      known.came = this.#came;
      return known;
    }
    known = { revision: after.revision, came: this.#came, completions, tallies };
    this.#after.set(after, known);
    return known;
  }
}
