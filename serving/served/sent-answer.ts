import { jsonOf } from '../json-text.ts';

/*
 * What was sent behind a request id (`writeAnswerTail`: JSON in UTF-8, a code unit a byte) is read again by looking for what stands before the parts that are wanted: a quote
 * inside a text is escaped, so that no text holds that. A tenth of parsing all of it.
 */

const NORMALISED = ',"normalised":';
const ITEM = '{"id":';

/** The normalised form of what was typed. */
export function readSentQuery(tail: string): string {
  return readText(tail, tail.indexOf(NORMALISED) + NORMALISED.length);
}

/** The ids of the suggestions, in their order. */
export function readSentIds(tail: string): readonly string[] {
  const ids: string[] = [];
  for (let at = tail.indexOf(ITEM); at >= 0; at = tail.indexOf(ITEM, at + ITEM.length)) {
    ids.push(readText(tail, at + ITEM.length));
  }
  return ids;
}

/** The text that was sent under an id; null for none. */
export function findSentText(tail: string, id: string): string | null {
  const opening = Buffer.from(`${ITEM}${jsonOf(id)},"text":`).toString('latin1');
  const found = tail.indexOf(opening);
  return found < 0 ? null : readText(tail, found + opening.length);
}

/** The text whose opening quote is at a place. */
function readText(tail: string, begin: number): string {
  let end = begin + 1;
  let isPlain = true;
  for (let unit = tail.charCodeAt(end); unit !== 0x22; unit = tail.charCodeAt(end)) {
    if (unit === 0x5c || unit > 0x7f) isPlain = false;
    end += unit === 0x5c ? 2 : 1;
  }
  if (isPlain) return tail.slice(begin + 1, end);
  return JSON.parse(Buffer.from(tail.slice(begin, end + 1), 'latin1').toString('utf8'));
}
