/**
 * Why one event of a batch is not taken; stable, clients may branch on it.
 *
 * - `invalid_json`, `invalid_encoding`: a line of NDJSON is not JSON, or not UTF-8.
 * - `invalid_event`: the item is not an object.
 * - `unknown_type`: `type` is not one that this version knows.
 * - `missing_field`, `invalid_field`: a field is not there, or off its form.
 * - `too_long`: a text or id is over its bound.
 * - `invalid_time`, `future_time`: `at` is no time, or over five minutes later than the wall clock.
 * - `invalid_market`: not a well-formed BCP 47 tag.
 */
export const REJECTION_CODES = [
  'invalid_json',
  'invalid_encoding',
  'invalid_event',
  'unknown_type',
  'missing_field',
  'invalid_field',
  'too_long',
  'invalid_time',
  'future_time',
  'invalid_market',
] as const;
export type RejectionCode = (typeof REJECTION_CODES)[number];

/** An event that is not taken. Thrown within the parser, which returns it; a class so that it cannot be taken for an event. */
export class Rejection {
  readonly code: RejectionCode;
  /** In words, with the field's name; holds nothing of a value that could name a person. */
  readonly detail: string;

  constructor(code: RejectionCode, detail: string) {
    this.code = code;
    this.detail = detail;
  }
}
