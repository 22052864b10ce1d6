/** Every way in which a request can be refused, as the stable `code` of its problem document (RFC 9457). */
export const PROBLEM_TITLES = {
  unknown_parameter: 'Unknown parameter',
  repeated_parameter: 'Parameter given more than once',
  invalid_parameter: 'Invalid parameter',
  invalid_encoding: 'Invalid encoding',
  bad_request: 'Malformed request',
  unauthorized: 'The admin key is missing or wrong',
  explain_forbidden: 'Explanations need the admin key',
  not_found: 'No such route',
  method_not_allowed: 'Method not allowed',
  request_timeout: 'Request took too long to arrive',
  payload_too_large: 'Payload too large',
  unsupported_media_type: 'Unsupported media type',
  invalid_json: 'Not JSON',
  users_unavailable: 'What is kept of users cannot be told or erased now',
  too_many_events: 'Too many events at once',
  events_unavailable: 'No events can be taken now',
  request_line_too_long: 'Request line too long',
  headers_too_large: 'Request headers too large',
  internal_error: 'Internal error',
  not_ready: 'No snapshot is loaded yet',
  overloaded: 'Overloaded',
} as const;

export type ProblemCode = keyof typeof PROBLEM_TITLES;

/** The body of an error answer. */
export interface ProblemDocument {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: ProblemCode;
  /** The query parameter at fault, where one is. */
  readonly parameter?: string;
  readonly requestId: string;
}

export const PROBLEM_CONTENT_TYPE = 'application/problem+json; charset=utf-8';

/** Code points of what was received that are echoed; more are cut. */
const LONGEST_ECHO = 100;

export interface ProblemDetails {
  readonly parameter?: string;
  /** Response headers that belong to the refusal, such as `allow`. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly cause?: unknown;
}

/** A refusal of a request; thrown by whatever finds the fault and turned into an answer by the server's error handler. */
export class HttpProblem extends Error {
  override readonly name = 'HttpProblem';
  readonly status: number;
  readonly code: ProblemCode;
  readonly parameter: string | null;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, code: ProblemCode, detail: string, details: ProblemDetails = {}) {
    super(detail, details.cause === undefined ? undefined : { cause: details.cause });
    this.status = status;
    this.code = code;
    this.parameter = details.parameter === undefined ? null : cutEcho(details.parameter);
    this.headers = details.headers ?? {};
  }

  /** The problem document for the request with this id. */
  toDocument(requestId: string): ProblemDocument {
    return {
      type: `urn:foretype:problem:${this.code}`,
      title: PROBLEM_TITLES[this.code],
      status: this.status,
      detail: this.message,
      code: this.code,
      ...(this.parameter === null ? {} : { parameter: this.parameter }),
      requestId,
    };
  }
}

/** A parameter off its form: 400, naming it. */
export function invalidParameter(parameter: string, expected: string, got: string): HttpProblem {
  return new HttpProblem(
    400,
    'invalid_parameter',
    `${parameter}: expected ${expected}, got ${quoteEcho(got)}`,
    { parameter },
  );
}

/** What was received, quoted for a message and cut to a readable length. */
export function quoteEcho(received: string): string {
  return JSON.stringify(cutEcho(received));
}

function cutEcho(received: string): string {
  if (received.length <= LONGEST_ECHO) return received;
  return `${[...received].slice(0, LONGEST_ECHO).join('')}…`;
}
