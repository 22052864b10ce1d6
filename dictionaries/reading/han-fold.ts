import { from, to } from 'opencc-js/preset/t2cn';

/**
 * Japanese forms that are living simplified characters too, with another meaning or the same: they stay (沪 is Shanghai, not 濾),
 * and where their old form (飜 of 翻) has no simplified form, it becomes them.
 */
const LIVING = new Set('予叙弁慎晃概欠沪浜瓶研糸缶翻芸萌褒郎');

/** The first character of Han text: nothing below it is folded. */
const FIRST_HAN = 0x3400;

let simplified: Map<number, string> | undefined;

/**
 * A text with its traditional and Japanese Han characters in their simplified form, character by character: 東京駅 and 东京驿 meet.
 * Length in UTF-16 units and idempotence are kept (a pair whose forms differ in length stays), a text without such
 * characters is returned itself. Linear. Source: OpenCC's character tables; of several simplified forms the first.
 */
export function foldHan(text: string): string {
  let folded = '';
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit < FIRST_HAN) continue;
    simplified ??= readTables();
    const code = text.codePointAt(at)!;
    const form = simplified.get(code);
    const units = code > 0xffff ? 2 : 1;
    if (form !== undefined) {
      folded += text.slice(from, at) + form;
      from = at + units;
    }
    at += units - 1;
  }
  return from === 0 ? text : folded + text.slice(from);
}

function readTables(): Map<number, string> {
  const simple = characterPairs(to.cn);
  for (const [form, old] of characterPairs(from.jp)) {
    if (!LIVING.has(form)) simple.set(form, simple.get(old) ?? old);
    else if (!simple.has(old)) simple.set(old, form);
  }
  const table = new Map<number, string>();
  for (const character of simple.keys()) {
    const form = endOfChain(simple, character);
    if (form !== character && form.length === character.length) {
      table.set(character.codePointAt(0)!, form);
    }
  }
  return table;
}

/** The last form reached from a character, so that folding twice changes nothing. */
function endOfChain(pairs: ReadonlyMap<string, string>, character: string): string {
  const met = new Set([character]);
  let form = character;
  for (let next = pairs.get(form); next !== undefined && !met.has(next); next = pairs.get(form)) {
    if (next.length !== form.length) break;
    met.add(next);
    form = next;
  }
  return form;
}

/** The pairs of single characters in OpenCC's groups of dictionaries, the first pair of a character counting. */
function characterPairs(groups: (typeof to)[string] | undefined): Map<string, string> {
  const pairs = new Map<string, string>();
  for (const dictionary of (groups ?? []).flat()) {
    for (const [source, target] of typeof dictionary === 'string'
      ? entries(dictionary)
      : dictionary) {
      if (isOneCharacter(source) && !pairs.has(source)) pairs.set(source, target);
    }
  }
  return pairs;
}

/** A dictionary in its compact form: `源 目標|源 目標`, further targets of a source behind more spaces. */
function entries(dictionary: string): [string, string][] {
  return dictionary.split('|').map((entry) => {
    const [source = '', target = ''] = entry.split(' ');
    return [source, target];
  });
}

function isOneCharacter(text: string): boolean {
  return text !== '' && text.length === (text.codePointAt(0)! > 0xffff ? 2 : 1);
}
