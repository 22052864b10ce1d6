import { HttpProblem } from './http-problem.ts';

/** One `name=value` of a query string, decoded. */
export interface QueryParameter {
  readonly name: string;
  readonly value: string;
}

const RAW_BYTE = /[\x80-\xff]/g;

/**
 * The parameters of a raw query string (without `?`), in order, decoded as HTML forms are: percent-encoding of UTF-8,
 * `+` for a space, empty pieces between `&` ignored, a piece without `=` has an empty value. Unlike the usual parsers it
 * forgives nothing: invalid percent-encoding or UTF-8 throws a 400 that names the parameter. Bytes above 0x7F that were
 * not percent-encoded arrive from Node as one code unit each and are read as UTF-8 too.
 */
export function parseQueryString(raw: string): QueryParameter[] {
  const parameters: QueryParameter[] = [];
  let start = 0;
  while (start < raw.length) {
    let end = raw.indexOf('&', start);
    if (end < 0) end = raw.length;
    if (end > start) {
      const equals = raw.indexOf('=', start);
      const split = equals < 0 || equals > end ? end : equals;
      const rawName = raw.slice(start, split);
      const name = decodePiece(rawName, rawName);
      const value = split === end ? '' : decodePiece(raw.slice(split + 1, end), name);
      parameters.push({ name, value });
    }
    start = end + 1;
  }
  return parameters;
}

function decodePiece(piece: string, parameter: string): string {
  let plain = true;
  let ascii = true;
  for (let i = 0; i < piece.length; i++) {
    const unit = piece.charCodeAt(i);
    if (unit === 0x25 || unit === 0x2b) plain = false;
    else if (unit > 0x7f) ascii = false;
  }
  if (plain && ascii) return piece;
  let encoded = plain ? piece : piece.replaceAll('+', ' ');
  if (!ascii) encoded = encoded.replace(RAW_BYTE, (byte) => `%${byte.charCodeAt(0).toString(16)}`);
  try {
    // Strict where it matters: throws for a lone %, overlong forms, surrogates and cut sequences.
    return decodeURIComponent(encoded);
  } catch (cause) {
    throw new HttpProblem(
      400,
      'invalid_encoding',
      'Expected percent-encoded UTF-8 in the query string, got bytes that are not',
      { parameter, cause },
    );
  }
}
