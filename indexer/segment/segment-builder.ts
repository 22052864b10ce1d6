import { termKeys } from '../../dictionaries/reading/term-keys.ts';
import { JOINER } from '../../dictionaries/terms.ts';
import { checkCompletion } from './completion-check.ts';
import { writeCompletionThemes } from './completion-themes.ts';
import { writeCompletionView } from './completion-view.ts';
import { ContainerBuilder } from './container.ts';
import type { CountedCompletion } from './counted-completion.ts';
import { writeEntities } from './entity-bitmap.ts';
import { SegmentError } from './errors.ts';
import { writeForwardIndex } from './forward-index.ts';
import { GrowableUint32Array } from './growable-array.ts';
import { type KnownWord, type LinkedSurface, writeLinker } from './linker-section-builder.ts';
import { LOG_OF_ZERO } from './log-score.ts';
import { MarketBuilder } from './market-builder.ts';
import { invertRows } from './posting-inversion.ts';
import { writePrefixOrder } from './prefix-order.ts';
import { NO_EVIDENCE, type ReadingEvidence, ReadTexts } from './read-texts.ts';
import { type RelatedInput, writeRelated } from './related-section.ts';
import { sortRowsByTerms } from './row-sort.ts';
import { orderByScore } from './score-order.ts';
import { signatureOf } from './signatures.ts';
import { SurfacePatternBuilder } from './surface-patterns.ts';
import { writeTermDictionary } from './term-dictionary.ts';
import { writeTermKeys } from './term-keys-section.ts';
import { TermTable, withoutJoiner } from './term-table.ts';
import { bestIdsOf, writeTermTrie } from './term-trie.ts';
import { type ThemeInput, writeThemes } from './theme-section.ts';
import { type LateSearches, writeTrends } from './trend-section.ts';

/** What is searched after what. */
interface RelatedEvidence {
  readonly pairs: RelatedInput;
  readonly themes: ThemeInput | null;
}

/**
 * Turns counted completions, in any order, into a segment's bytes. The bytes depend on the set of completions alone.
 *
 * Time: linear in the terms but for sorting the distinct terms and the rows that share three terms. Memory: about 60 bytes a
 * completion beside the result and the distinct terms as strings.
 */
export class SegmentBuilder {
  private readonly termTable = new TermTable();
  private readonly terms = new GrowableUint32Array();
  private readonly starts = new GrowableUint32Array();
  private readonly surfaceNumbers = new GrowableUint32Array();
  private readonly surfaces = new SurfacePatternBuilder();
  private readonly markets = new MarketBuilder();
  private scores = new Float64Array(1024);
  private readonly aliasTerms = new GrowableUint32Array();
  private readonly aliasStarts = new GrowableUint32Array();
  private readonly aliasInputs = new GrowableUint32Array();
  private readonly entities = new Set<number>();
  private readonly readTexts = new ReadTexts();
  private lexicon: Uint8Array | null = null;
  private related: RelatedEvidence | null = null;
  private linked: Linked | null = null;
  private trends: LateSearches | null = null;
  private added = 0;

  /** @throws SegmentError `bad-input` when the entry breaks the contract of CountedCompletion. */
  add(entry: CountedCompletion): void {
    const { normalised, surface, score } = entry;
    checkCompletion(entry);
    this.starts.push(this.terms.length);
    const isPlain = this.termTable.pushTerms(normalised, this.terms);
    if (!isPlain) this.readTexts.add(this.added, entry);
    this.surfaceNumbers.push(this.surfaces.add(this.added, normalised, surface));
    if (this.added === this.scores.length) {
      const larger = new Float64Array(this.added * 2);
      larger.set(this.scores);
      this.scores = larger;
    }
    this.scores[this.added] = score;
    if (entry.aliases !== undefined) this.addAliases(entry.aliases);
    if (entry.markets !== undefined) this.markets.add(this.added, entry.markets);
    if (entry.kind === 'entity') this.entities.add(this.added);
    this.added++;
  }

  private addAliases(aliases: readonly string[]): void {
    for (const alias of aliases) {
      this.aliasStarts.push(this.aliasTerms.length);
      this.aliasInputs.push(this.added);
      this.termTable.pushTerms(alias, this.aliasTerms);
    }
  }

  /** Keeps the lexicon that was in force with the segment, as bytes that the segment gives back and never looks into. */
  setLexicon(bytes: Uint8Array): void {
    this.lexicon = bytes;
  }

  /** Keeps what is searched after what; its numbers are those of the completions in the order in which they are added. */
  setRelated(related: RelatedEvidence): void {
    this.related = related;
  }

  /** What comments are linked by; the surfaces name completions by their number in the order of `add`. */
  setLinker(linked: Linked): void {
    this.linked = linked;
  }

  /** How often completions were searched lately, if it is known; its numbers are those of the completions in the order in which they are added. */
  setTrends(trends: LateSearches | null): void {
    this.trends = trends;
  }

  /** Whether a completion is Japanese, so that `finish` wants a reader; `market` is that of completions that name none. */
  hasJapanese(market: string | null): boolean {
    return this.readTexts.hasJapanese(market);
  }

  /**
   * The segment's bytes; the builder is spent afterwards. `evidence` tells how Han and kana are read.
   *
   * @throws SegmentError `bad-input` on a repeated normalised form.
   */
  finish(evidence: ReadingEvidence = NO_EVIDENCE): Uint8Array {
    const completions = this.added;
    const { terms: sortedTerms, ids: termIds } = this.termTable.inOrder();
    const spaced = sortedTerms.findIndex((term) => term.startsWith(JOINER));
    const spacedTerms = spaced < 0 ? sortedTerms.length : spaced;

    const inputTerms = renumber(this.terms.view(), termIds);
    const inputStarts = withEnd(this.starts.view(), inputTerms.length);
    const inputOrder = sortRowsByTerms(inputTerms, inputStarts, sortedTerms.length);
    rejectRepeats(inputOrder, inputTerms, inputStarts, sortedTerms);
    const idToInput = orderByScore(inputOrder, this.scores.subarray(0, completions));
    const inputToId = new Uint32Array(completions);
    idToInput.forEach((input, id) => {
      inputToId[input] = id;
    });

    const rows = this.rowsById(idToInput, inputToId, inputTerms, inputStarts, termIds);
    const places =
      rows.aliasTargets.length === 0
        ? inputOrder.map((input) => inputToId[input]!)
        : sortRowsByTerms(rows.terms, rows.starts, sortedTerms.length);

    const builder = new ContainerBuilder();
    builder.add('segment.shape', Uint32Array.of(completions, rows.starts.length - 1));
    const termByte = writeTermDictionary(builder, sortedTerms);
    writeForwardIndex(builder, rows.terms, rows.starts, sortedTerms.length);
    writePrefixOrder(builder, places, (row) => rows.terms[rows.starts[row]!]!, spacedTerms);
    builder.add('aliases.targets', rows.aliasTargets);
    builder.add('signatures', signaturesOf(rows, completions, sortedTerms));
    builder.add('scores.log2', logScores(idToInput, this.scores));
    this.surfaces.write(builder, idToInput, this.surfaceNumbers.view(), (id) =>
      Array.from(rows.terms.subarray(rows.starts[id]!, rows.starts[id + 1]!), (term) =>
        withoutJoiner(sortedTerms[term]!),
      ),
    );

    const ranks =
      rows.aliasTargets.length === 0 ? places : ranksOf(places, rows.aliasTargets, completions);
    const postings = invertRows(rows.terms, rows.starts, null, completions, sortedTerms.length);
    const ranksSection = ranks === places ? 'order.rows' : null;
    const ready = { ...rows, places, spacedTerms, termByte, completions };
    writeCompletionView(builder, 'all', { ranks, postings, ready }, ranksSection);
    this.markets.write(builder, {
      ...rows,
      places,
      inputToId,
      completions,
      termCount: sortedTerms.length,
    });
    writeEntities(builder, idToInput, this.entities);
    const rowTerms = {
      rows: rows.starts.length - 1,
      start: (row: number) => rows.starts[row]!,
      termAt: (place: number) => rows.terms[place]!,
    };
    const idOfRow = (row: number) =>
      row < completions ? row : rows.aliasTargets[row - completions]!;
    const bestIds = bestIdsOf(rowTerms, idOfRow, sortedTerms.length);
    writeTermTrie(builder, { termByte, spaced: spacedTerms, bestIds });
    writeTermKeys(builder, sortedTerms, bestIds, termKeys);
    this.readTexts.write(builder, inputToId, evidence);
    if (this.lexicon !== null) builder.add('lexicon.json', this.lexicon);
    if (this.related !== null) {
      writeRelated(builder, this.related.pairs, inputToId);
      const { themes } = this.related;
      if (themes !== null) {
        writeThemes(builder, themes, inputToId);
        writeCompletionThemes(builder, themes, completions, (id) =>
          Array.from(
            rows.terms.subarray(rows.starts[id]!, rows.starts[id + 1]!),
            (term) => sortedTerms[term]!,
          ),
        );
      }
    }
    if (this.linked !== null) writeLinker(builder, { ...this.linked, inputToId });
    if (this.trends !== null) writeTrends(builder, this.trends, inputToId);
    return builder.finish();
  }

  /** Completions in id order, then aliases by target and text. */
  private rowsById(
    idToInput: Uint32Array,
    inputToId: Uint32Array,
    inputTerms: Uint32Array,
    inputStarts: Uint32Array,
    termIds: Uint32Array,
  ): { terms: Uint32Array; starts: Uint32Array; aliasTargets: Uint32Array } {
    const aliasTerms = renumber(this.aliasTerms.view(), termIds);
    const aliasStarts = withEnd(this.aliasStarts.view(), aliasTerms.length);
    const inputs = this.aliasInputs.view();
    const byText = sortRowsByTerms(aliasTerms, aliasStarts, termIds.length);
    const aliases = byText.sort((a, b) => inputToId[inputs[a]!]! - inputToId[inputs[b]!]!);

    const starts = new Uint32Array(idToInput.length + aliases.length + 1);
    const terms = new Uint32Array(inputTerms.length + aliasTerms.length);
    let at = 0;
    let row = 0;
    for (const input of idToInput) {
      for (let i = inputStarts[input]!; i < inputStarts[input + 1]!; i++)
        terms[at++] = inputTerms[i]!;
      starts[++row] = at;
    }
    for (const alias of aliases) {
      for (let i = aliasStarts[alias]!; i < aliasStarts[alias + 1]!; i++)
        terms[at++] = aliasTerms[i]!;
      starts[++row] = at;
    }
    return { terms, starts, aliasTargets: aliases.map((alias) => inputToId[inputs[alias]!]!) };
  }
}

interface Linked {
  readonly surfaces: readonly LinkedSurface[];
  readonly words: readonly KnownWord[];
}

/** Puts term ids in the place of the numbers, which are not needed any more. */
function renumber(terms: Uint32Array, termIds: Uint32Array): Uint32Array {
  for (let i = 0; i < terms.length; i++) terms[i] = termIds[terms[i]!]!;
  return terms;
}

function withEnd(starts: Uint32Array, end: number): Uint32Array {
  const all = new Uint32Array(starts.length + 1);
  all.set(starts);
  all[starts.length] = end;
  return all;
}

function rejectRepeats(
  order: Uint32Array,
  terms: Uint32Array,
  starts: Uint32Array,
  texts: readonly string[],
): void {
  for (let i = 1; i < order.length; i++) {
    const a = starts[order[i - 1]!]!;
    const b = starts[order[i]!]!;
    const length = starts[order[i]! + 1]! - b;
    if (starts[order[i - 1]! + 1]! - a !== length) continue;
    let same = 0;
    while (same < length && terms[a + same] === terms[b + same]) same++;
    if (same === length) {
      throw new SegmentError(
        'bad-input',
        `two completions: expected distinct normalised forms, got one of ${length} terms twice (its first has ${texts[terms[b]!]?.length} characters)`,
      );
    }
  }
}

function signaturesOf(
  rows: { terms: Uint32Array; starts: Uint32Array },
  completions: number,
  texts: readonly string[],
): Uint32Array {
  const bits = Uint32Array.from(texts, (text) => signatureOf(withoutJoiner(text), true));
  const signatures = new Uint32Array(completions);
  for (let id = 0; id < completions; id++) {
    let signature = 0;
    for (let i = rows.starts[id]!; i < rows.starts[id + 1]!; i++)
      signature |= bits[rows.terms[i]!]!;
    signatures[id] = signature;
  }
  return signatures;
}

function logScores(idToInput: Uint32Array, scores: Float64Array): Float32Array {
  const logs = new Float32Array(idToInput.length);
  for (let id = 0; id < idToInput.length; id++) {
    const score = scores[idToInput[id]!]!;
    logs[id] = score > 0 ? Math.log2(score) : LOG_OF_ZERO;
  }
  return logs;
}

function ranksOf(places: Uint32Array, aliasTargets: Uint32Array, completions: number): Uint32Array {
  return places.map((row) => (row < completions ? row : aliasTargets[row - completions]!));
}
