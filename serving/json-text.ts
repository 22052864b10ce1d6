const FIRST_PRINTABLE = 0x20;
const LAST_PRINTABLE = 0x7e;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const MILLION = 1e6;

/** The JSON of a text, as `JSON.stringify` writes it; a third of its time for printable ASCII, which needs no escaping. */
export function jsonOf(text: string): string {
  return isPrintable(text) ? `"${text}"` : JSON.stringify(text);
}

/** Its bytes, a code unit each, as of `bytesOfText`. */
export function bytesOfJson(text: string): string {
  return isPrintable(text) ? `"${text}"` : bytesOfText(JSON.stringify(text));
}

/** Whether a text is of printable ASCII that JSON writes as it is. */
function isPrintable(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < FIRST_PRINTABLE || unit > LAST_PRINTABLE || unit === QUOTE || unit === BACKSLASH) {
      return false;
    }
  }
  return true;
}

/** The JSON of a finite number, as `JSON.stringify` writes it. */
export function jsonOfNumber(value: number): string {
  const millionths = Math.round(value * MILLION);
  // Scores have six decimals: their digits come from an integer at a tenth of what the shortest form of a double costs. Equal
  // quotients mean equal decimals, as two decimals of up to 15 digits never share a double.
  if (!(value > 0 && value < 1 && millionths / MILLION === value)) return String(value);
  return jsonOfMillionths(millionths);
}

const DIGITS = Array.from({ length: 1000 }, (_, number) => String(number).padStart(3, '0'));
const LAST_DIGITS = DIGITS.map((digits) => digits.replace(/0+$/, ''));
const THOUSANDTHS = [...LAST_DIGITS.map((digits) => `0.${digits}`), '1'];
const FIRST_DIGITS = DIGITS.map((digits) => `0.${digits}`);

/** The JSON of so many millionths, a whole number from 1 to a million. */
export function jsonOfMillionths(millionths: number): string {
  const last = millionths % 1000;
  const first = (millionths - last) / 1000;
  return last === 0 ? THOUSANDTHS[first]! : FIRST_DIGITS[first]! + LAST_DIGITS[last]!;
}

/** The UTF-8 of a text, a code unit a byte: a text of ASCII itself. Such a string lies flat in one piece of the heap, which a buffer of its own does not. */
export function bytesOfText(text: string): string {
  const bytes = Buffer.byteLength(text);
  return bytes === text.length ? text : Buffer.from(text).toString('latin1');
}

/** The same text, its characters side by side: one that was put together is a tree of its parts until all of it is read, which costs whoever keeps it several times its length. */
export function inOnePiece(text: string): string {
  Buffer.byteLength(text);
  return text;
}
