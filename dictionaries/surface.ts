import { peelEnclosure } from './enclosure.ts';

/**
 * What is neither shown nor compared, as in step 1 of `normalise`; variation selectors and joiners are looked at apart.
 */
const INVISIBLE =
  /(?!\u200c|\u200d|[\ufe0e-\ufe0f]|[\u{e0100}-\u{e01ef}]|[\u{e0020}-\u{e007f}])[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cs}\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\ufff9-\ufffd]/gu;
/** Tags spell the flags of regions behind a black flag and are nothing elsewhere. */
const TAGS = /(\u{1f3f4}?)[\u{e0020}-\u{e007f}]+/gu;
/** A selector picks a shape of the one letter or picture before it. */
const STRAY_SELECTORS =
  /(?<![\p{L}\p{N}\p{So}\p{Sm}\p{Extended_Pictographic}\p{Emoji_Modifier}#*])(?:[\ufe0e-\ufe0f]|[\u{e0100}-\u{e01ef}])+/gu;
const JOINERS = /[\u200c-\u200d]+/gu;
const PICTURE_BEFORE = /[\p{Extended_Pictographic}\p{Emoji_Modifier}][\ufe0e\ufe0f]?$/u;
const PICTURE_AFTER = /^[\ufe0e\ufe0f]?\p{Extended_Pictographic}/u;
/** Scripts in which a joiner or non-joiner decides how the letters around it look. */
const SHAPED =
  /[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Mongolian}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/**
 * A raw text made fit to be shown: unpaired surrogates, control, bidirectional and other invisible characters go, white space
 * of all kinds is collapsed and trimmed, and quotes or brackets that enclose the whole are taken off. Case and inner
 * punctuation stay. Joiners stay inside emoji and between letters whose shape they decide.
 * `normalise(cleanSurface(raw))` equals `normalise(raw)`. Linear in the text.
 */
export function cleanSurface(raw: string): string {
  if (isPlain(raw)) return raw;
  let text = raw.replace(INVISIBLE, '');
  text = text.replace(TAGS, (tags, flag: string) => (flag === '' ? '' : tags));
  text = text.replace(JOINERS, keepShapingJoiner);
  text = text.replace(STRAY_SELECTORS, '');
  return peelEnclosure(text.replace(/[\s\u0085\u2800]+/g, ' ').trim());
}

/** Printable ASCII, single spaces, nothing at the ends that could enclose: nothing to clean. */
function isPlain(raw: string): boolean {
  let afterSpace = true;
  for (let at = 0; at < raw.length; at++) {
    const code = raw.charCodeAt(at);
    if (code < 0x20 || code > 0x7e || (code === 0x20 && afterSpace)) return false;
    afterSpace = code === 0x20;
  }
  return raw === '' || (!afterSpace && !/^["'`([{]/.test(raw));
}

function keepShapingJoiner(joiners: string, at: number, text: string): string {
  const before = text.slice(Math.max(0, at - 4), at);
  const after = text.slice(at + joiners.length, at + joiners.length + 4);
  if (PICTURE_BEFORE.test(before)) {
    return joiners.endsWith('\u200d') && PICTURE_AFTER.test(after) ? '\u200d' : '';
  }
  const shaping = SHAPED.test(before.slice(-1)) && SHAPED.test(after.charAt(0));
  return shaping ? joiners.charAt(0) : '';
}
