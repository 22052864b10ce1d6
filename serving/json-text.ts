const FIRST_PRINTABLE = 0x20;
const LAST_PRINTABLE = 0x7e;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const ZERO = 0x30;
const MILLION = 1e6;

/** The JSON of a text, as `JSON.stringify` writes it; a third of its time for printable ASCII, which needs no escaping. */
export function jsonOf(text: string): string {
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < FIRST_PRINTABLE || unit > LAST_PRINTABLE || unit === QUOTE || unit === BACKSLASH) {
      return JSON.stringify(text);
    }
  }
  return `"${text}"`;
}

/** The JSON of a finite number, as `JSON.stringify` writes it. */
export function jsonOfNumber(value: number): string {
  const millionths = Math.round(value * MILLION);
  // Scores have six decimals: their digits come from an integer at a tenth of what the shortest form of a double costs. Equal
  // quotients mean equal decimals, as two decimals of up to 15 digits never share a double.
  if (!(value > 0 && value < 1 && millionths / MILLION === value)) return String(value);
  const digits = String(MILLION + millionths);
  let end = digits.length;
  while (digits.charCodeAt(end - 1) === ZERO) end--;
  return `0.${digits.slice(1, end)}`;
}

/** The UTF-8 of a text, a code unit a byte: a text of ASCII itself. Such a string lies flat in one piece of the heap, which a buffer of its own does not. */
export function bytesOfText(text: string): string {
  const bytes = Buffer.byteLength(text);
  return bytes === text.length ? text : Buffer.from(text).toString('latin1');
}
