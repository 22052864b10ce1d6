import { Rejection } from './event-rejection.ts';

/** Longest id in bytes of UTF-8. */
export const LONGEST_ID_BYTES = 128;
/** `clicked` and `results` may be URLs; beyond this servers and browsers refuse them as well. */
const LONGEST_LINK_BYTES = 2_048;

const UNPAIRED_SURROGATE = /\p{Surrogate}/u;

/**
 * Reads the fields of one event that nobody vouches for. Each call gives a checked value or throws the `Rejection` for it. `null` counts as
 * absent, since many clients write it for what they do not know.
 */
export class EventFields {
  readonly #fields: Readonly<Record<string, unknown>>;

  constructor(value: unknown) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw new Rejection('invalid_event', `expected an object, got ${nameKind(value)}`);
    }
    this.#fields = value as Readonly<Record<string, unknown>>;
  }

  /** The value of a field as it came; `undefined` when it is absent or null. */
  find(name: string): unknown {
    // An object of JSON inherits fields such as `constructor`.
    const value = Object.hasOwn(this.#fields, name) ? this.#fields[name] : undefined;
    return value === null ? undefined : value;
  }

  need(name: string): unknown {
    const value = this.find(name);
    if (value === undefined) throw new Rejection('missing_field', `${name}: expected a value`);
    return value;
  }

  id(name: string): string {
    return readId(name, this.need(name), LONGEST_ID_BYTES);
  }

  idIfAny(name: string): string | undefined {
    const value = this.find(name);
    return value === undefined ? undefined : readId(name, value, LONGEST_ID_BYTES);
  }

  /** An id or a URL. */
  linkIfAny(name: string): string | undefined {
    const value = this.find(name);
    return value === undefined ? undefined : readId(name, value, LONGEST_LINK_BYTES);
  }

  text(name: string, longest: number): string {
    return readText(name, this.need(name), longest);
  }

  textIfAny(name: string, longest: number): string | undefined {
    const value = this.find(name);
    return value === undefined ? undefined : readText(name, value, longest);
  }

  /** A text with something to read in it. */
  visibleText(name: string, longest: number): string {
    const text = this.text(name, longest);
    if (text.trim() === '') throw invalid(name, 'a text that is not blank', text);
    return text;
  }

  textsIfAny(name: string, longest: number): readonly string[] | undefined {
    const value = this.find(name);
    if (value === undefined) return undefined;
    if (!Array.isArray(value)) throw invalid(name, 'a list of strings', value);
    return value.map((text, place) => readText(`${name}[${place}]`, text, longest));
  }

  oneOf<Choice extends string>(name: string, choices: readonly Choice[]): Choice {
    return readChoice(name, this.need(name), choices);
  }

  oneOfIfAny<Choice extends string>(name: string, choices: readonly Choice[]): Choice | undefined {
    const value = this.find(name);
    return value === undefined ? undefined : readChoice(name, value, choices);
  }

  position(name: string): number {
    const value = this.need(name);
    if (!Number.isSafeInteger(value) || (value as number) < 1) {
      throw invalid(name, 'a whole number from 1', value);
    }
    return value as number;
  }

  amount(name: string): number {
    const value = this.need(name);
    if (typeof value !== 'number' || !Number.isFinite(value) || value < 0) {
      throw invalid(name, 'a number from 0', value);
    }
    return value;
  }

  /** A number of results, or their ids or URLs. */
  resultsIfAny(name: string): number | readonly string[] | undefined {
    const value = this.find(name);
    if (value === undefined) return undefined;
    if (Array.isArray(value)) {
      return value.map((id, place) => readId(`${name}[${place}]`, id, LONGEST_LINK_BYTES));
    }
    if (!Number.isSafeInteger(value) || (value as number) < 0) {
      throw invalid(name, 'a whole number from 0 or a list of ids', value);
    }
    return value as number;
  }

  /** An object whose values are strings. */
  mapIfAny(name: string, longest: number): Readonly<Record<string, string>> | undefined {
    const value = this.find(name);
    if (value === undefined) return undefined;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw invalid(name, 'an object of strings', value);
    }
    const entries = Object.entries(value).map(([key, held]): [string, string] => {
      const place = `${name}.${cut(key)}`;
      return [readId(`a key of ${name}`, key, LONGEST_ID_BYTES), readText(place, held, longest)];
    });
    // Not by assignment, under which a key `__proto__` would vanish.
    return Object.fromEntries(entries);
  }
}

export function invalid(name: string, expected: string, got: unknown): Rejection {
  return new Rejection('invalid_field', `${name}: expected ${expected}, got ${nameKind(got)}`);
}

function readId(name: string, value: unknown, longestBytes: number): string {
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
  if (UNPAIRED_SURROGATE.test(value)) throw invalid(name, 'an id of whole characters', value);
  return value;
}

function readText(name: string, value: unknown, longest: number): string {
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

function readChoice<Choice extends string>(
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
