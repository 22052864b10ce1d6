import { jsonOf } from '../json-text.ts';

/** The parts of an answer that are read again. */
export interface SentAnswer {
  readonly query: { readonly normalised: string };
  readonly suggestions: readonly { readonly id: string; readonly text: string }[];
}

/** Reads what was sent behind a request id (`writeAnswerTail`): JSON in UTF-8, a code unit a byte. Ten microseconds or so. */
export function readSentAnswer(tail: string): SentAnswer {
  return JSON.parse(`{"requestId":""${decode(tail)}`);
}

/** The text that was sent under an id; null for none. Looks for the two as they are written, next to each other: a microsecond or two. */
export function findSentText(tail: string, id: string): string | null {
  const opening = Buffer.from(`{"id":${jsonOf(id)},"text":`).toString('latin1');
  const found = tail.indexOf(opening);
  if (found < 0) return null;
  const begin = found + opening.length;
  let end = begin + 1;
  while (tail[end] !== '"') end += tail[end] === '\\' ? 2 : 1;
  return JSON.parse(decode(tail.slice(begin, end + 1)));
}

function decode(bytes: string): string {
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
