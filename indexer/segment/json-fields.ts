import { SegmentError, type SegmentErrorCode } from './errors.ts';

/** Whose JSON is read: names the file in messages and chooses the code of the errors. */
export interface JsonSource {
  readonly code: SegmentErrorCode;
  readonly place: string;
}

/** Decodes UTF-8 strictly: a byte that is not UTF-8 is an error, a byte order mark is not skipped. */
export function decodeText(bytes: Uint8Array, source: JsonSource): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new SegmentError(
      source.code,
      `${source.place}: expected UTF-8 text, found bytes that are not; the file is damaged`,
      { place: source.place },
      { cause },
    );
  }
}

/** Parses JSON text into the reader of its fields; anything but an object is an error. */
export function parseFields(text: string, source: JsonSource): JsonFields {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new SegmentError(
      source.code,
      `${source.place}: expected JSON, found text that is none (${text.length} characters); the file is damaged`,
      { place: source.place },
      { cause },
    );
  }
  return new JsonFields(value, source);
}

/**
 * Reads the fields of an object that nobody vouches for, one call a field; each call throws a `SegmentError` that
 * names the file, the field's path, what was expected and what came.
 */
export class JsonFields {
  readonly #fields: Readonly<Record<string, unknown>>;
  readonly #source: JsonSource;
  readonly #path: string;

  constructor(value: unknown, source: JsonSource, path = '') {
    this.#source = source;
    this.#path = path;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw this.fault('', 'an object', value);
    }
    this.#fields = value as Readonly<Record<string, unknown>>;
  }

  /** Throws when a field is there that is not among `known`. */
  onlyKnown(known: readonly string[]): void {
    const stranger = Object.keys(this.#fields).find((key) => !known.includes(key));
    if (stranger !== undefined) {
      throw this.fault(
        stranger,
        `no such field (the fields are ${known.join(', ')})`,
        this.raw(stranger),
      );
    }
  }

  keys(): readonly string[] {
    return Object.keys(this.#fields);
  }

  raw(name: string): unknown {
    return Object.hasOwn(this.#fields, name) ? this.#fields[name] : undefined;
  }

  string(name: string, pattern: RegExp, expected: string): string {
    const value = this.raw(name);
    if (typeof value !== 'string' || !pattern.test(value)) throw this.fault(name, expected, value);
    return value;
  }

  stringOrNull(name: string, pattern: RegExp, expected: string): string | null {
    return this.raw(name) === null ? null : this.string(name, pattern, `${expected} or null`);
  }

  oneOf<const Choice extends string>(name: string, choices: readonly Choice[]): Choice {
    const value = this.raw(name);
    const found = choices.find((choice) => choice === value);
    if (found === undefined) throw this.fault(name, `one of ${choices.join(', ')}`, value);
    return found;
  }

  boolean(name: string): boolean {
    const value = this.raw(name);
    if (typeof value !== 'boolean') throw this.fault(name, 'true or false', value);
    return value;
  }

  /** A whole number from 0 to 2^53 - 1. */
  count(name: string): number {
    const value = this.raw(name);
    if (!Number.isSafeInteger(value) || (value as number) < 0) {
      throw this.fault(name, 'a whole number of 0 or more', value);
    }
    return value as number;
  }

  /** A finite number, not negative. */
  amount(name: string): number {
    const value = this.raw(name);
    if (typeof value !== 'number' || !Number.isFinite(value) || value < 0) {
      throw this.fault(name, 'a finite number of 0 or more', value);
    }
    return value;
  }

  list(name: string): readonly unknown[] {
    const value = this.raw(name);
    if (!Array.isArray(value)) throw this.fault(name, 'a list', value);
    return value;
  }

  object(name: string): JsonFields {
    return new JsonFields(this.raw(name), this.#source, this.#pathOf(name));
  }

  objects(name: string): readonly JsonFields[] {
    return this.list(name).map(
      (item, index) => new JsonFields(item, this.#source, `${this.#pathOf(name)}[${index}]`),
    );
  }

  /** The error that says a field is not what was expected; for checks that span several fields. */
  fault(name: string, expected: string, value: unknown): SegmentError {
    const section = this.#pathOf(name) || 'the whole';
    const actual = value === undefined ? 'nothing' : abbreviate(value);
    return new SegmentError(
      this.#source.code,
      `${this.#source.place}: ${section}: expected ${expected}, found ${actual}`,
      { place: this.#source.place, section, expected, actual },
    );
  }

  #pathOf(name: string): string {
    return this.#path && name ? `${this.#path}.${name}` : this.#path || name;
  }
}

function abbreviate(value: unknown): string {
  const text = typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? typeof value);
  return text.length <= 80 ? text : `${text.slice(0, 77)}...`;
}
