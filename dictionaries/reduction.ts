import {
  AMPERSAND,
  APOSTROPHE,
  BARE,
  classOf,
  DIGIT,
  DROP,
  HEBREW,
  MARK,
  PERCENT,
  PLUS,
  QUOTE,
  SPACE,
  SYMBOL,
  WORD,
} from './character-class.ts';

/** Where each UTF-16 code unit of a reduced text came from: the half-open range `starts[i]` to `ends[i]` of the folded text. */
export interface ReductionTrace {
  readonly starts: number[];
  readonly ends: number[];
}

/**
 * The words of folded text, separated by single spaces: step 5 of normalising. What happens to a character depends on
 * what was kept to its left, never on what follows, so that the words of what is typed stay what they are.
 * One pass; pieces that stay as they are get copied whole.
 */
export function reduceToWords(folded: string, trace?: ReductionTrace): string {
  let words = '';
  // The piece that is being kept is [from, to); a space is owed to the next kept character when spaceAt >= 0.
  let from = 0;
  let to = 0;
  let spaceAt = -1;
  let last = SPACE;
  // Marks go with the character that carried them.
  let bare = true;
  const length = folded.length;
  for (let at = 0; at < length; ) {
    let code = folded.charCodeAt(at);
    let next = at + 1;
    if (code >= 0xd800 && code < 0xdc00) {
      code = folded.codePointAt(at)!;
      if (code > 0xffff) next++;
    }
    const kind = classOf(code);
    const kept = decide(kind, last, bare);
    if (kept === SPACE) {
      if (last !== SPACE) spaceAt = at;
      last = SPACE;
      bare = true;
    } else if (kept === DROP) {
      if (kind !== DROP) bare = true;
    } else {
      if (spaceAt >= 0) {
        trace?.starts.push(spaceAt);
        trace?.ends.push(at);
        if (to !== at - 1 || folded.charCodeAt(to) !== 0x20) {
          words += `${folded.slice(from, to)} `;
          from = at;
        }
        spaceAt = -1;
      } else if (to !== at) {
        words += folded.slice(from, to);
        from = at;
      }
      to = next;
      // Nikhahit would compose with a vowel behind a dropped apostrophe.
      if (kind !== MARK) last = kind;
      else if (code === 0x0e4d || code === 0x0ecd) last = BARE;
      bare = false;
      for (let unit = at; trace !== undefined && unit < next; unit++) {
        trace.starts.push(at);
        trace.ends.push(next);
      }
    }
    at = next;
  }
  return words + folded.slice(from, to);
}

/** SPACE, DROP, or anything else for a character that stays, by its class and the class of what was kept before it. */
function decide(kind: number, last: number, bare: boolean): number {
  if (kind >= WORD) return kind;
  switch (kind) {
    case MARK:
      return bare ? DROP : MARK;
    case APOSTROPHE:
      return last >= WORD && last !== BARE ? DROP : SPACE;
    case PLUS:
      return last >= WORD || last === PLUS ? PLUS : SPACE;
    case AMPERSAND:
      return last >= WORD ? AMPERSAND : SPACE;
    case PERCENT:
      return last === DIGIT ? PERCENT : SPACE;
    case QUOTE:
      return last === HEBREW ? DROP : SPACE;
    case SYMBOL:
    case DROP:
      return kind;
    default:
      return SPACE;
  }
}
