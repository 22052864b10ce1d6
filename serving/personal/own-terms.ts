import type { Segment } from '../../indexer/segment/segment.ts';
import { HashTable } from '../../ranking/features/hash-table.ts';
import { markTerm } from '../../ranking/features/term-evidence.ts';
import { weightAt } from '../../ranking/profiles/decayed-weight.ts';
import type { Profile } from '../../ranking/profiles/profile.ts';
import { RowMatch } from './row-match.ts';

/** Each term is looked up twice: as a word of its own, and joined to the one before. */
const WAYS = 2;

/** Room that is used for one profile after the other. */
const match = new RowMatch();
const weights: number[] = [];

/** How much a user searches with each term of a snapshot: its share among all that they searched with, times the bits that it tells. */
export class OwnTerms {
  /** By term id. */
  readonly weights = new HashTable();
  readonly #segment: Segment;
  #texts: string[] = [];
  /** The ids of each text; negative where the snapshot has no such term. */
  #ids = new Int32Array(0);
  /** What each tells of a completion that holds it. */
  #bits = new Float64Array(0);

  constructor(segment: Segment) {
    this.#segment = segment;
  }

  /** @param termMarks where the terms are noted */
  renew({ terms }: Profile, nowMs: number, termMarks: Uint32Array): void {
    this.weights.clear();
    const texts: string[] = [];
    let total = 0;
    terms.forEach((text, kept) => {
      const weight = weightAt(kept, nowMs, terms.halfLifeMs);
      weights[texts.length] = weight;
      texts.push(text);
      total += weight;
    });
    if (!match.isSame(this.#texts, texts, texts.length)) this.#takeRow(texts);
    if (!(total > 0)) return;
    for (let place = 0; place < texts.length; place++) {
      const share = weights[place]! / total;
      for (let way = WAYS * place; way < WAYS * (place + 1); way++) {
        const id = this.#ids[way]!;
        if (id < 0) continue;
        markTerm(termMarks, id);
        this.weights.add(id, share * this.#bits[way]!);
      }
    }
  }

  #takeRow(texts: string[]): void {
    const ids = new Int32Array(WAYS * texts.length);
    const bits = new Float64Array(WAYS * texts.length);
    for (let place = 0; place < texts.length; place++) {
      const known = match.from[place]!;
      for (let way = 0; way < WAYS; way++) {
        const at = WAYS * place + way;
        if (known >= 0) {
          ids[at] = this.#ids[WAYS * known + way]!;
          bits[at] = this.#bits[WAYS * known + way]!;
        } else {
          ids[at] = this.#segment.terms.find(texts[place]!, way === 1);
          bits[at] = bitsOf(this.#segment, ids[at]!);
        }
      }
    }
    this.#texts = texts;
    this.#ids = ids;
    this.#bits = bits;
  }
}

/** log2 of how few completions hold a term; 0 for none. */
function bitsOf({ all: { postings }, completions }: Segment, term: number): number {
  if (term < 0) return 0;
  const list = postings.listFrom(term);
  const isHeld = list < postings.size && postings.termOf(list) === term;
  const holders = isHeld ? postings.weight(list, list + 1) : 0;
  return Math.log2((completions + 1) / (holders + 1));
}
