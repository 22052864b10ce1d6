/** Bytes of a text in UTF-8, as `Buffer.byteLength` tells them; of the short texts of profiles in a fraction of the time. */
export function utf8Bytes(text: string): number {
  let bytes = text.length;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 0x80) continue;
    if (code < 0x800) bytes++;
    else bytes += isPairAt(text, at, code) ? 1 : 2;
  }
  return bytes;
}

/** Two units that are one character take four bytes; a surrogate alone takes three, as those of U+FFFD. */
function isPairAt(text: string, at: number, code: number): boolean {
  if (code < 0xd800 || code > 0xdfff) return false;
  const other = text.charCodeAt(code < 0xdc00 ? at + 1 : at - 1);
  return code < 0xdc00 ? other >= 0xdc00 && other <= 0xdfff : other >= 0xd800 && other < 0xdc00;
}
