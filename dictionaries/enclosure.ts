const BRACKETS: ReadonlyMap<string, string> = new Map(
  [
    '()',
    '[]',
    '{}',
    '«»',
    '‹›',
    '「」',
    '『』',
    '【】',
    '〈〉',
    '《》',
    '〔〕',
    '⟨⟩',
    '（）',
    '［］',
    '｛｝',
    '｢｣',
  ].map((pair) => [pair.charAt(0), pair.charAt(1)] as const),
);
const DOUBLE = '"“”„‟＂';
const SINGLE = "'‘’‚‛`´＇";

/**
 * `text` without the quotes or brackets that enclose the whole of it, however many stand around each other: `["a b"]` is `a b`, while `(a) b (c)` and
 * `"a" or "b"` stay. A pair encloses when its first half matches its last: brackets nest, quotes of one family occur nowhere in between
 * (an apostrophe between two letters is no quote). `text` has no space at its ends, neither has the answer. Linear.
 */
export function peelEnclosure(text: string): string {
  if (text.length < 2 || !opens(text.charAt(0))) return text;
  const { closings, quotes } = survey(text);
  let from = 0;
  let to = text.length;
  let peeled = 0;
  while (to - from >= 2) {
    const first = text.charAt(from);
    const last = text.charAt(to - 1);
    if (BRACKETS.get(first) === last) {
      if (closings.get(from) !== to - 1) break;
    } else {
      const family = familyOf(first);
      if (family === undefined || familyOf(last) !== family) break;
      const inside = (quotes.get(family) ?? 0) - 2;
      if (inside !== 0) break;
      quotes.set(family, 0);
    }
    from++;
    to--;
    peeled++;
    while (from < to && text.charCodeAt(from) === 0x20) from++;
    while (from < to && text.charCodeAt(to - 1) === 0x20) to--;
  }
  return peeled === 0 ? text : text.slice(from, to);
}

function opens(character: string): boolean {
  return BRACKETS.has(character) || familyOf(character) !== undefined;
}

function familyOf(character: string): string | undefined {
  if (character === '') return undefined;
  if (DOUBLE.includes(character)) return DOUBLE;
  return SINGLE.includes(character) ? SINGLE : undefined;
}

interface Survey {
  /** Where each opening bracket is closed. */
  readonly closings: ReadonlyMap<number, number>;
  /** How many quotes of each family there are. */
  readonly quotes: Map<string, number>;
}

function survey(text: string): Survey {
  const closings = new Map<number, number>();
  const open = new Map<string, number[]>();
  const quotes = new Map<string, number>();
  for (const closing of BRACKETS.values()) open.set(closing, []);
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    const closing = BRACKETS.get(character);
    if (closing !== undefined) {
      open.get(closing)?.push(at);
      continue;
    }
    const start = open.get(character)?.pop();
    if (start !== undefined) closings.set(start, at);
    const family = familyOf(character);
    if (family !== undefined && !isApostrophe(text, at)) {
      quotes.set(family, (quotes.get(family) ?? 0) + 1);
    }
  }
  return { closings, quotes };
}

function isApostrophe(text: string, at: number): boolean {
  if (!SINGLE.includes(text.charAt(at))) return false;
  return /\p{L}/u.test(text.charAt(at - 1)) && /\p{L}/u.test(text.charAt(at + 1));
}
