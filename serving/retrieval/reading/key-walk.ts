import { foldHan } from '../../../dictionaries/reading/han-fold.ts';
import type { KeyedText, Span } from './text-key-lookup.ts';

const READ = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

/** A place where key and text meet. */
export interface Meeting {
  /** Index into the flattened steps. */
  readonly step: number;
  readonly letters: number;
  readonly offset: number;
}

/** Where a key begins. */
export function beginOf({ start }: KeyedText): Meeting {
  return { step: 0, letters: 0, offset: start };
}

/**
 * The first place at which at least `letters` units of the key are behind; a step that is begun counts whole. Characters that are not heard
 * go with what follows them, but those at the text's end with what is before.
 */
export function meetAfter({ steps, key }: KeyedText, from: Meeting, letters: number): Meeting {
  let { step, letters: read, offset } = from;
  while (step < steps.length && (read < letters || (read >= key.length && letters >= key.length))) {
    read += steps[step]!;
    offset += steps[step + 1]!;
    step += 2;
  }
  return { step, letters: read, offset };
}

/** The place behind unheard characters that follow a place: spaces, long vowels. */
export function skipUnheard({ steps }: KeyedText, from: Meeting): Meeting {
  let { step, offset } = from;
  while (step < steps.length && steps[step] === 0) {
    offset += steps[step + 1]!;
    step += 2;
  }
  return { ...from, step, offset };
}

/** The place behind `units` of text, null when no step ends there. */
export function meetAtOffset({ steps }: KeyedText, from: Meeting, wanted: number): Meeting | null {
  let { step, letters, offset } = from;
  while (step < steps.length && offset < wanted) {
    letters += steps[step]!;
    offset += steps[step + 1]!;
    step += 2;
  }
  return offset === wanted ? { step, letters, offset } : null;
}

/** Whether Han stand in a text at an offset, in whatever form. */
export function hanStandsAt(text: string, offset: number, han: string): boolean {
  return foldHan(text.slice(offset, offset + han.length)) === foldHan(han);
}

/** The span, unless it has no character that is typed otherwise than written. */
export function readSpan(text: string, start: number, end: number): Span | null {
  return READ.test(text.slice(start, end)) ? { start, end } : null;
}
