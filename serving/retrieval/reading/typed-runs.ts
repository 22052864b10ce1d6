/** A part of a typed text: Han, or what is spelled in kana and Latin letters. */
export interface TypedRun {
  readonly kind: 'han' | 'spelled';
  /** Without spaces. */
  readonly text: string;
  /** Offsets in `text` at which spaces stood, ascending; 0 for one before it, never its length. */
  readonly breaks: readonly number[];
}

/** What is typed, as this search sees it. */
export interface TypedReading {
  readonly runs: readonly TypedRun[];
  readonly hasKana: boolean;
  readonly hasHan: boolean;
  /** Latin letters and kana. */
  readonly spelled: number;
  readonly finished: boolean;
}

/** Longer typed texts are not searched by their sound: nobody writes a text twice as long in letters. */
const LONGEST = 64;

const PARTS =
  /(\p{Script=Han}+)|([\p{Script=Hiragana}\p{Script=Katakana}ー]+)|([\p{Script=Latin}\p{M}0-9]+)|([+#&%]+)|( )/gu;

/** The runs of a normalised typed text; null when it has other scripts, is all Han, or is too long to be meant. */
export function readTyped(typed: string): TypedReading | null {
  if (typed.length > LONGEST) return null;
  const runs: { kind: TypedRun['kind']; text: string; breaks: number[] }[] = [];
  let [hasKana, hasHan, hasSpace] = [false, false, false];
  let [spelled, seen] = [0, 0];
  for (const [part, han, kana, latin, sign] of typed.matchAll(PARTS)) {
    seen += part.length;
    if (sign !== undefined) continue;
    if (han === undefined && kana === undefined && latin === undefined) {
      hasSpace = true;
      continue;
    }
    hasHan ||= han !== undefined;
    hasKana ||= kana !== undefined;
    if (han === undefined) spelled += part.length;
    const kind = han === undefined ? 'spelled' : 'han';
    const last = runs.at(-1);
    if (last?.kind === kind) {
      if (hasSpace) last.breaks.push(last.text.length);
      last.text += part;
    } else {
      runs.push({ kind, text: part, breaks: hasSpace ? [0] : [] });
    }
    hasSpace = false;
  }
  if (seen < typed.length || spelled === 0) return null;
  return { runs, hasKana, hasHan, spelled, finished: hasSpace };
}
