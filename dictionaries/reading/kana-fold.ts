/** Katakana small a to small ke, in the order of hiragana, which ends there too. */
const FIRST_KATAKANA = 0x30a1;
const LAST_KATAKANA = 0x30f6;
const ITERATION_MARK = 0x30fd;
const VOICED_ITERATION_MARK = 0x30fe;
/** From a katakana character to its hiragana. */
const DISTANCE = 0x60;

/**
 * A text with its katakana as hiragana, unit by unit: タワー becomes たわー. The length mark stays, and so do the few katakana
 * without a hiragana of one unit (ヷ, and those of Ainu). A text without katakana is returned itself. Linear.
 */
export function foldKana(text: string): string {
  let folded = '';
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (!isFoldable(unit)) continue;
    folded += text.slice(from, at) + String.fromCharCode(unit - DISTANCE);
    from = at + 1;
  }
  return from === 0 ? text : folded + text.slice(from);
}

function isFoldable(unit: number): boolean {
  return (
    (unit >= FIRST_KATAKANA && unit <= LAST_KATAKANA) ||
    unit === ITERATION_MARK ||
    unit === VOICED_ITERATION_MARK
  );
}
