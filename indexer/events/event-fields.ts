/// <reference lib="es2024.string" />
import { Rejection } from './event-rejection.ts';

/** Longest id in bytes of UTF-8. */
export const LONGEST_ID_BYTES = 128;
/** `clicked` and `results` may be URLs; beyond this servers and browsers refuse them as well. */
const LONGEST_LINK_BYTES = 2_048;

/*
 * Readers of the fields of one event that nobody vouches for. Each gives a checked value or throws the `Rejection` for it; those named `…IfAny` give `undefined` for
 * a field that is absent. `null` counts as absent, since many clients write it for what they do not know.
 */

/** What an event may have: its fields as they came. */
export type Fields = Readonly<Record<string, unknown>>;

export function readFields(value: unknown): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Rejection('invalid_event', `expected an object, got ${nameKind(value)}`);
  }
  return value as Fields;
}

/** What must be there. */
export function need(name: string, value: unknown): unknown {
  if (value === undefined || value === null) {
    throw new Rejection('missing_field', `${name}: expected a value`);
  }
  return value;
}

export function readId(name: string, value: unknown): string {
  return checkId(name, need(name, value), LONGEST_ID_BYTES);
}

export function idIfAny(name: string, value: unknown): string | undefined {
  return isAbsent(value) ? undefined : checkId(name, value, LONGEST_ID_BYTES);
}

/** An id or a URL. */
export function linkIfAny(name: string, value: unknown): string | undefined {
  return isAbsent(value) ? undefined : checkId(name, value, LONGEST_LINK_BYTES);
}

export function readText(name: string, value: unknown, longest: number): string {
  return checkText(name, need(name, value), longest);
}

export function textIfAny(name: string, value: unknown, longest: number): string | undefined {
  return isAbsent(value) ? undefined : checkText(name, value, longest);
}

/** A text with something to read in it. */
export function readVisibleText(name: string, value: unknown, longest: number): string {
  const text = readText(name, value, longest);
  if (text.trim() === '') throw invalid(name, 'a text that is not blank', text);
  return text;
}

export function textsIfAny(
  name: string,
  value: unknown,
  longest: number,
): readonly string[] | undefined {
  if (isAbsent(value)) return undefined;
  if (!Array.isArray(value)) throw invalid(name, 'a list of strings', value);
  return value.map((text, place) => checkText(`${name}[${place}]`, text, longest));
}

export function readOneOf<Choice extends string>(
  name: string,
  value: unknown,
  choices: readonly Choice[],
): Choice {
  return checkChoice(name, need(name, value), choices);
}

export function oneOfIfAny<Choice extends string>(
  name: string,
  value: unknown,
  choices: readonly Choice[],
): Choice | undefined {
  return isAbsent(value) ? undefined : checkChoice(name, value, choices);
}

export function readPosition(name: string, value: unknown): number {
  if (Number.isSafeInteger(value) && (value as number) >= 1) return value as number;
  throw invalid(name, 'a whole number from 1', need(name, value));
}

export function readAmount(name: string, value: unknown): number {
  if (typeof value === 'number' && Number.isFinite(value) && value >= 0) return value;
  throw invalid(name, 'a number from 0', need(name, value));
}

/** A number of results, or their ids or URLs. */
export function resultsIfAny(name: string, value: unknown): number | readonly string[] | undefined {
  if (isAbsent(value)) return undefined;
  if (Array.isArray(value)) {
    return value.map((id, place) => checkId(`${name}[${place}]`, id, LONGEST_LINK_BYTES));
  }
  if (!Number.isSafeInteger(value) || (value as number) < 0) {
    throw invalid(name, 'a whole number from 0 or a list of ids', value);
  }
  return value as number;
}

/** An object whose values are strings. */
export function mapIfAny(
  name: string,
  value: unknown,
  longest: number,
): Readonly<Record<string, string>> | undefined {
  if (isAbsent(value)) return undefined;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw invalid(name, 'an object of strings', value);
  }
  const entries = Object.entries(value).map(([key, held]): [string, string] => {
    const place = `${name}.${cut(key)}`;
    return [checkId(`a key of ${name}`, key, LONGEST_ID_BYTES), checkText(place, held, longest)];
  });
  // Not by assignment, under which a key `__proto__` would vanish.
  return Object.fromEntries(entries);
}

export function invalid(name: string, expected: string, got: unknown): Rejection {
  return new Rejection('invalid_field', `${name}: expected ${expected}, got ${nameKind(got)}`);
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null;
}

function checkId(name: string, value: unknown, longestBytes: number): string {
  if (typeof value !== 'string' || value === '') throw invalid(name, 'an id', value);
  // A code unit is three bytes at most: the short ids of nearly all events are never counted.
  if (value.length * 3 > longestBytes) {
    const bytes = Buffer.byteLength(value);
    if (bytes > longestBytes) {
      const bound = `expected at most ${longestBytes} bytes, got ${bytes}`;
      throw new Rejection('too_long', `${name}: ${bound}`);
    }
  }
  // All of them become the same character in UTF-8, so that ids which differ would meet.
  if (!value.isWellFormed()) throw invalid(name, 'an id of whole characters', value);
  return value;
}

function checkText(name: string, value: unknown, longest: number): string {
  if (typeof value !== 'string') throw invalid(name, 'a string', value);
  if (value.length > longest) {
    const codePoints = countCodePoints(value);
    if (codePoints > longest) {
      const bound = `expected at most ${longest} code points, got ${codePoints}`;
      throw new Rejection('too_long', `${name}: ${bound}`);
    }
  }
  return value;
}

function checkChoice<Choice extends string>(
  name: string,
  value: unknown,
  choices: readonly Choice[],
): Choice {
  const choice = choices.find((each) => each === value);
  if (choice === undefined) throw invalid(name, choices.join(', '), value);
  return choice;
}

function countCodePoints(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

/** What a value is, without what it holds: that may be somebody's. */
function nameKind(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'string') return value === '' ? 'an empty string' : 'another string';
  if (typeof value === 'number') return String(value);
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

function cut(text: string): string {
  return text.length <= 40 ? text : `${text.slice(0, 40)}…`;
}
