import { isInSession, sessionQueries, sessionVideo } from '../../ranking/profiles/profile.ts';
import type { CompletionLanguages } from './completion-languages.ts';
import type { BoundOwner } from './profile-binder.ts';
import { QUERIES_READ } from './session-leads.ts';
import { SLIP_MS } from './slip-corrections.ts';

const NO_QUERIES: readonly string[] = [];

interface FitsOfMarket {
  readonly market: string;
  readonly values: Float32Array | null;
}

/** A profile over one snapshot with what else a request asks of it: read once for all requests between two events, so that each asks for what depends on its time alone. */
export class KnownAsker {
  readonly owner: BoundOwner;
  readonly #boundMs: number;
  /** Of the session that the latest event is of, newest first: the same list for as long as this is. */
  readonly #queries: readonly string[];
  readonly #video: string | null;
  readonly #slip: { readonly normalised: string; readonly atMs: number } | null;
  readonly #languages: CompletionLanguages | null;
  /** Of the markets that were asked last. */
  #fits: FitsOfMarket | null = null;
  #fitsBefore: FitsOfMarket | null = null;

  /**
   * @param boundMs the time that it was bound at
   * @param languages of the snapshot; null where they tell nothing
   */
  constructor(owner: BoundOwner, boundMs: number, languages: CompletionLanguages | null) {
    const { profile } = owner;
    const latestMs = profile.lastMs ?? boundMs;
    this.owner = owner;
    this.#boundMs = boundMs;
    const queries = sessionQueries(profile, latestMs, QUERIES_READ);
    this.#queries = queries.map(({ normalised }) => normalised);
    this.#video = sessionVideo(profile, latestMs);
    this.#slip = slipOf(owner);
    this.#languages = languages;
  }

  /** The last queries of the session that goes on at a time, newest first; none where none does. */
  queriesAt(nowMs: number): readonly string[] {
    return isInSession(this.owner.profile, nowMs) ? this.#queries : NO_QUERIES;
  }

  /** The video of the session that goes on at a time. */
  videoAt(nowMs: number): string | null {
    return isInSession(this.owner.profile, nowMs) ? this.#video : null;
  }

  /** The last search, if it was made just now, for the first time, and is no completion. */
  slipAt(nowMs: number): string | null {
    if (this.#slip === null) return null;
    const passedMs = nowMs - this.#slip.atMs;
    return passedMs >= 0 && passedMs <= SLIP_MS ? this.#slip.normalised : null;
  }

  /** How well each mix of languages fits the user, see `CompletionLanguages.fits`: worked out once for a market. */
  languageFits(market: string): Float32Array | null {
    if (this.#languages === null) return null;
    if (this.#fits?.market === market) return this.#fits.values;
    const before = this.#fitsBefore;
    this.#fitsBefore = this.#fits;
    this.#fits =
      before?.market === market
        ? before
        : { market, values: this.#languages.fits(this.owner.profile, market, this.#boundMs) };
    return this.#fits.values;
  }
}

function slipOf({ queries, forms }: BoundOwner) {
  const [latest] = queries;
  const [form] = forms;
  if (latest === undefined || form === undefined || form.id >= 0 || latest.count > 1) return null;
  return { normalised: latest.normalised, atMs: latest.lastMs };
}
