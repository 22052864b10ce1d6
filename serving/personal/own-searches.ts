import {
  FROM_HISTORY,
  FROM_INFIX,
  FROM_PREFIX,
  FROM_SESSION,
  NONE,
} from '../../ranking/features/candidate-table.ts';
import type { AskerRows, TextCandidate } from './asker-rows.ts';
import type { CandidateBlock } from './candidate-block.ts';
import type { CompletionRows } from './completion-rows.ts';
import type { OwnForm } from './own-form.ts';
import { STARTS_HEAD } from './own-starts.ts';
import type { BoundOwner } from './profile-binder.ts';
import type { SnapshotFace } from './snapshot-face.ts';

/** Searches of the user's own that are added to a request. */
const MOST_OWN = 48;

/** Adds what the user searched before, newest first; what holds the typed words elsewhere takes the places that are left by what begins with them. */
export function addOwnSearches(
  block: CandidateBlock,
  owner: BoundOwner,
  rows: AskerRows,
  completions: CompletionRows,
): void {
  const { forms } = owner;
  const { values } = owner.starts;
  const { textTest } = block;
  inside.length = 0;
  let left = MOST_OWN;
  for (let place = 0, at = 0; place < forms.length && left > 0; place++) {
    const from = at + STARTS_HEAD;
    const end = from + values[at + 1]!;
    const seen = textTest.look(values, from, end);
    if (seen !== null) {
      const holding = textTest.isTold ? seen : textTest.holds(forms[place]!.padded);
      if (holding === 'infix') inside.push(place, values[at]!);
      else if (holding === 'prefix') {
        const source = FROM_HISTORY | FROM_PREFIX;
        left -= addOwnAt(owner, place, values[at]!, source, rows, completions);
      }
    }
    at = end;
  }
  for (let i = 0; i < inside.length && left > 0; i += 2) {
    const source = FROM_HISTORY | FROM_INFIX;
    left -= addOwnAt(owner, inside[i]!, inside[i + 1]!, source, rows, completions);
  }
}

/** Notes which candidates the user searched: the few searches are looked for among the candidates, not the other way round. */
export function noteHistory({ forms, starts }: BoundOwner, rows: AskerRows): void {
  const { values } = starts;
  found.length = 0;
  for (let place = 0, at = 0; place < forms.length; place++) {
    const id = values[at]!;
    if (id >= 0 && rows.mayHave(id)) found.push(place, id);
    at += STARTS_HEAD + values[at + 1]!;
  }
  // From the oldest: of two spellings of a completion the newer stays.
  for (let i = found.length - 2; i >= 0; i -= 2) {
    const row = rows.find(found[i + 1]!);
    if (row !== NONE) rows.table.history[row] = found[i]!;
  }
}

// Places and completions, in turns. Requests are answered one at a time.
const inside: number[] = [];
const found: number[] = [];

/** @returns how many rows were added: none for what is a candidate already */
function addOwnAt(
  { forms, queries }: BoundOwner,
  place: number,
  id: number,
  source: number,
  rows: AskerRows,
  completions: CompletionRows,
): number {
  const known = id < 0 ? rows.rowOfText(forms[place]!.normalised) : rows.rowOf(id);
  if (known !== NONE) rows.table.sources[known]! |= source;
  const row =
    known === NONE
      ? addForm(forms[place]!, queries[place]!.surface, source, rows, completions)
      : known;
  if (rows.table.history[row] === NONE) rows.table.history[row] = place;
  return known === NONE ? 1 : 0;
}

/** Adds what the search made just now should have been without a slip. */
export function addCorrections(
  { slips }: SnapshotFace,
  block: CandidateBlock,
  slip: string,
  rows: AskerRows,
  completions: CompletionRows,
): void {
  const { choice, normalised } = block.found;
  const typed = ` ${normalised}`;
  slips.correct(slip, choice).forEach((form, place) => {
    if (!form.padded.startsWith(typed)) return;
    const source = FROM_SESSION | FROM_PREFIX;
    let row = form.id < 0 ? rows.rowOfText(form.normalised) : rows.rowOf(form.id);
    // A text that nobody wrote so is shown as it is normalised.
    if (row === NONE) row = addForm(form, form.normalised, source, rows, completions);
    else rows.table.sources[row]! |= source;
    rows.table.slipCorrections[row] = 1 / (1 + place);
  });
}

function addForm(
  form: OwnForm,
  surface: string,
  source: number,
  rows: AskerRows,
  completions: CompletionRows,
): number {
  const { id, terms, bytes } = form;
  if (id < 0) return rows.addText(textOf(form, surface), source, terms, bytes);
  return completions.add(id, source);
}

/** What is known of a text is remembered by it: it is the same object while its user writes it the same way. */
function textOf(form: OwnForm, surface: string): TextCandidate {
  let text = texts.get(form);
  if (text?.surface !== surface) {
    text = { normalised: form.normalised, surface, kind: 'query' };
    texts.set(form, text);
  }
  return text;
}

const texts = new WeakMap<OwnForm, TextCandidate>();
