import { isOfWord } from './word-characters.ts';

/** Whether a link begins at a place; only asked where an h or a w stands. */
export function isLink(text: string, at: number): boolean {
  const head = text.slice(at, at + 8).toLowerCase();
  return head.startsWith('http://') || head.startsWith('https://') || head.startsWith('www.');
}

/** Where a link ends: at white space. */
export function endOfLink(text: string, at: number): number {
  let end = at;
  while (end < text.length && text.charCodeAt(end) > 0x20) end++;
  return end;
}

/** Where the name of an account ends whose sign stands at `sign`; directly behind the sign when none follows. */
export function endOfHandle(text: string, sign: number): number {
  let end = sign + 1;
  while (end < text.length) {
    const code = text.charCodeAt(end);
    const isInner = code === 0x5f || code === 0x2d || (code === 0x2e && isOfWord(text, end + 1));
    if (!isInner && !isOfWord(text, end)) break;
    end++;
  }
  return end;
}
