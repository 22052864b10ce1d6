import type { Segment } from '../../indexer/segment/segment.ts';
import type { BoundProfile, HashWeights } from '../../ranking/features/bound-profile.ts';
import { SCRIPT_CODES } from '../../ranking/features/candidate-table.ts';
import { TERM_MARKS } from '../../ranking/features/term-evidence.ts';
import { DAY_PARTS, type Profile } from '../../ranking/profiles/profile.ts';
import { timeAway } from '../../ranking/profiles/time-away.ts';
import { OwnEntities } from './own-entities.ts';
import { OwnHistory } from './own-history.ts';
import { OwnTerms } from './own-terms.ts';
import { scriptCodeOf } from './script-code.ts';
import type { ThemeAnchors } from './theme-anchors.ts';

/** Searches that stand for an even spread over the day. */
const EVEN_SEARCHES = 4;

/** What all bindings of a snapshot share. */
export interface BindingOptions {
  readonly segment: Segment;
  readonly anchors: ThemeAnchors;
  /** Whether what the blocklist names is left out. */
  readonly safety: boolean;
}

/**
 * A profile over one snapshot, as it was when it was renewed last. What the text of a query, term or entity tells is kept from one renewal to the next; every weight is worked out anew,
 * as of its time, into the same memory. The same to the last bit as one that is made anew.
 */
export class ProfileBinding implements BoundProfile {
  readonly history: OwnHistory;
  readonly termWeights: HashWeights;
  readonly entities: HashWeights;
  readonly sequences: HashWeights;
  readonly beginnings: HashWeights;
  themeLifts: Float32Array | null = null;
  scriptShares: Float32Array | null = null;
  readonly dayParts = new Float32Array(DAY_PARTS);
  readonly termMarks = new Uint32Array(TERM_MARKS / 32);
  readonly #anchors: ThemeAnchors;
  readonly #terms: OwnTerms;
  readonly #entities: OwnEntities;
  readonly #lifts: Float32Array;
  readonly #shares = new Float32Array(SCRIPT_CODES.length);

  constructor({ segment, anchors, safety }: BindingOptions) {
    this.history = new OwnHistory(segment, safety);
    this.#anchors = anchors;
    this.#terms = new OwnTerms(segment);
    this.#entities = new OwnEntities(segment);
    this.#lifts = new Float32Array(anchors.size);
    this.sequences = this.history.sequences;
    this.beginnings = this.history.beginnings;
    this.termWeights = this.#terms.weights;
    this.entities = this.#entities.shares;
  }

  get entries(): number {
    return this.history.queries.length;
  }

  get lastMs(): Float64Array {
    return this.history.lastMs;
  }

  get counts(): Float32Array {
    return this.history.columns.counts;
  }

  get decayedCounts(): Float32Array {
    return this.history.decayedCounts;
  }

  get totalCount(): number {
    return this.history.totalCount;
  }

  get repeatShare(): number {
    return this.history.repeatShare;
  }

  get inSession(): Uint8Array {
    return this.history.inSession;
  }

  get longestEntity(): number {
    return this.#entities.longest;
  }

  /** Reads the profile as it is now. Ten microseconds or so, hundreds for a long profile the first time. */
  renew(profile: Profile, nowMs: number): void {
    const { termMarks } = this;
    const awayMs = timeAway(profile, nowMs);
    const readMs = nowMs - awayMs;
    termMarks.fill(0);
    this.history.renew(profile, nowMs, awayMs, termMarks);
    this.#terms.renew(profile, readMs, termMarks);
    this.#entities.renew(profile, this.history, readMs, termMarks);
    const isLifted = this.#anchors.writeLifts(profile, readMs, this.#lifts);
    this.themeLifts = isLifted ? this.#lifts : null;
    const isWritten = writeScriptShares(profile, readMs, this.#shares);
    this.scriptShares = isWritten ? this.#shares : null;
    writeDayParts(profile, readMs, this.dayParts);
  }
}

/** Gives false, and writes nothing, where nothing is known. */
function writeScriptShares({ scripts }: Profile, nowMs: number, shares: Float32Array): boolean {
  const total = scripts.totalAt(nowMs);
  if (!(total > 0)) return false;
  shares.fill(0);
  for (const script of scripts.keys()) {
    shares[scriptCodeOf(script)]! += scripts.weightAt(script, nowMs) / total;
  }
  return true;
}

function writeDayParts({ dayParts }: Profile, nowMs: number, bits: Float32Array): void {
  const total = dayParts.totalAt(nowMs);
  for (let part = 0; part < DAY_PARTS; part++) {
    const searches = dayParts.weightAt(part, nowMs) + EVEN_SEARCHES / DAY_PARTS;
    bits[part] = Math.log2((DAY_PARTS * searches) / (total + EVEN_SEARCHES));
  }
}
