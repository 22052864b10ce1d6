import { stableHash } from '../../dictionaries/stable-hash.ts';
import type { Segment } from '../../indexer/segment/segment.ts';
import {
  type BoundProfile,
  extendSequence,
  SEQUENCE_START,
} from '../../ranking/features/bound-profile.ts';
import { SCRIPT_CODES } from '../../ranking/features/candidate-table.ts';
import { HashTable } from '../../ranking/features/hash-table.ts';
import { weightAt } from '../../ranking/profiles/decayed-weight.ts';
import {
  DAY_PARTS,
  HISTORY_HALF_LIFE_MS,
  isInSession,
  type Profile,
  type ProfileQuery,
} from '../../ranking/profiles/profile.ts';
import { type OwnForm, ownFormOf, termsOf } from './own-form.ts';
import { scriptCodeOf } from './script-code.ts';
import { ThemeAnchors } from './theme-anchors.ts';

/** Words of the longest entity that is looked for in a text. */
const LONGEST_ENTITY = 4;
/** Searches that stand for an even spread over the day. */
const EVEN_SEARCHES = 4;

/** A profile over one snapshot, with the queries that it shows. */
export interface BoundOwner {
  readonly profile: Profile;
  readonly bound: BoundProfile;
  /** The entries of the history that may be shown, newest first, in the order of `bound`. */
  readonly queries: readonly ProfileQuery[];
  readonly forms: readonly OwnForm[];
  /** Place in `forms` by completion; of two spellings the newer. */
  readonly places: ReadonlyMap<number, number>;
}

/**
 * Reads profiles as one snapshot does. What a query is in the snapshot is looked up once and remembered with the profile, so that after an event only what is
 * new is looked up.
 */
export class ProfileBinder {
  readonly anchors: ThemeAnchors;
  readonly #segment: Segment;
  readonly #safety: boolean;
  readonly #forms = new WeakMap<Profile, Map<string, OwnForm>>();

  /** @param safety whether what the blocklist names is left out */
  constructor(segment: Segment, safety: boolean) {
    this.#segment = segment;
    this.#safety = safety;
    this.anchors = new ThemeAnchors(segment);
  }

  /** Tens of microseconds; hundreds for a long profile that this snapshot did not see before. */
  bind(profile: Profile, nowMs: number): BoundOwner {
    const queries = profile.history.filter(({ isBlocked }) => !isBlocked || !this.#safety);
    const forms = this.#formsOf(profile, queries);
    const places = new Map<number, number>();
    forms.forEach(({ id }, place) => {
      if (id >= 0 && !places.has(id)) places.set(id, place);
    });
    return { profile, queries, forms, places, bound: this.#bind(profile, queries, forms, nowMs) };
  }

  #formsOf(profile: Profile, queries: readonly ProfileQuery[]): OwnForm[] {
    const before = this.#forms.get(profile);
    const known = new Map<string, OwnForm>();
    const forms = queries.map(({ normalised }) => {
      const form = before?.get(normalised) ?? ownFormOf(this.#segment, normalised);
      known.set(normalised, form);
      return form;
    });
    this.#forms.set(profile, known);
    return forms;
  }

  #bind(
    profile: Profile,
    queries: readonly ProfileQuery[],
    forms: readonly OwnForm[],
    nowMs: number,
  ): BoundProfile {
    const decayed = Float32Array.from(queries, ({ weight }) =>
      Math.min(1e9, weightAt(weight, nowMs, HISTORY_HALF_LIFE_MS)),
    );
    const counts = Float32Array.from(queries, ({ count }) => count);
    const all = counts.reduce((sum, count) => sum + count, 0);
    const sequences = new HashTable(forms.length);
    const beginnings = new HashTable(4 * forms.length);
    forms.forEach(({ terms }, place) => {
      let hash = SEQUENCE_START;
      for (let i = 0; i < terms.length; i++) {
        hash = extendSequence(hash, terms[i]!);
        (i + 1 < terms.length ? beginnings : sequences).add(hash, decayed[place]!);
      }
    });
    const isOn = isInSession(profile, nowMs);
    return {
      entries: queries.length,
      lastMs: Float64Array.from(queries, ({ lastMs }) => lastMs),
      counts,
      decayedCounts: decayed,
      totalCount: Math.max(
        1e-6,
        decayed.reduce((sum, weight) => sum + weight, 0),
      ),
      repeatShare: all === 0 ? 0 : (all - queries.length) / all,
      inSession: Uint8Array.from(queries, ({ lastMs }) =>
        isOn && lastMs >= profile.sessionMs ? 1 : 0,
      ),
      sequences,
      beginnings,
      termWeights: this.#termWeights(profile, nowMs),
      ...this.#entities(profile, queries, nowMs),
      themeLifts: this.anchors.liftsOf(profile, nowMs),
      scriptShares: scriptShares(profile, nowMs),
      dayParts: dayParts(profile, nowMs),
    };
  }

  /** Share of a term among all that the user searched with, times the bits that it tells. */
  #termWeights(profile: Profile, nowMs: number): HashTable {
    const { terms: dictionary, all, completions } = this.#segment;
    const total = profile.terms.totalAt(nowMs);
    const weights = new HashTable(2 * profile.terms.size);
    if (!(total > 0)) return weights;
    for (const text of profile.terms.keys()) {
      const share = profile.terms.weightAt(text, nowMs) / total;
      for (const isJoined of [false, true]) {
        const term = dictionary.find(text, isJoined);
        if (term < 0) continue;
        const { postings } = all;
        const list = postings.listFrom(term);
        const isHeld = list < postings.size && postings.termOf(list) === term;
        const holders = isHeld ? postings.weight(list, list + 1) : 0;
        weights.add(term, share * Math.log2((completions + 1) / (holders + 1)));
      }
    }
    return weights;
  }

  /** Entities by the terms that they are written with in the user's own queries: of others only the hash is known. */
  #entities(
    profile: Profile,
    queries: readonly ProfileQuery[],
    nowMs: number,
  ): Pick<BoundProfile, 'entities' | 'longestEntity'> {
    const entities = new HashTable(profile.entities.size);
    const total = profile.entities.totalAt(nowMs);
    let longestEntity = 0;
    if (!(total > 0)) return { entities, longestEntity };
    const found = new Set<number>();
    for (const { normalised } of queries) {
      if (found.size === profile.entities.size) break;
      const words = normalised.split(' ');
      for (let from = 0; from < words.length; from++) {
        for (let to = from + 1; to <= Math.min(words.length, from + LONGEST_ENTITY); to++) {
          const text = words.slice(from, to).join(' ');
          const entity = stableHash(text);
          if (found.has(entity) || profile.entities.get(entity) === undefined) continue;
          found.add(entity);
          const terms = termsOf(this.#segment, text);
          const hash = terms.reduce((from, term) => extendSequence(from, term), SEQUENCE_START);
          entities.add(hash, profile.entities.weightAt(entity, nowMs) / total);
          longestEntity = Math.max(longestEntity, terms.length);
        }
      }
    }
    return { entities, longestEntity };
  }
}

function scriptShares(profile: Profile, nowMs: number): Float32Array | null {
  const total = profile.scripts.totalAt(nowMs);
  if (!(total > 0)) return null;
  const shares = new Float32Array(SCRIPT_CODES.length);
  for (const script of profile.scripts.keys()) {
    shares[scriptCodeOf(script)]! += profile.scripts.weightAt(script, nowMs) / total;
  }
  return shares;
}

function dayParts(profile: Profile, nowMs: number): Float32Array {
  const total = profile.dayParts.totalAt(nowMs);
  return Float32Array.from({ length: DAY_PARTS }, (_, part) => {
    const searches = profile.dayParts.weightAt(part, nowMs) + EVEN_SEARCHES / DAY_PARTS;
    return Math.log2((DAY_PARTS * searches) / (total + EVEN_SEARCHES));
  });
}
