/**
 * Words between which order carries the meaning: directions, comparisons, alternatives, roles, conditions and negations, by language.
 * `london to paris` and `paris to london` are two journeys, `dog not cat` and `cat not dog` two wishes.
 */
const ORDER_WORDS: ReadonlySet<string> = new Set(
  `to from into onto over under vs versus v or than without not no non never with by of for as if then before after against between
  via through minus plus per but is are was do does did can will who what when where which how why and
  a de desde hasta hacia para por sin contra sobre entre con o ni que como
  du des vers pour sans sur sous avec ou dans en par
  von nach zu zum zur fur für ohne gegen uber über unter mit oder als vor bei zwischen
  da do ao aos com sem ate até ou
  dari ke dan atau tanpa untuk dengan ke
  из в во на от до без для или не с со против между
  από προς σε χωρίς για ή
  من الى إلى على عن بدون في او أو
  से को का की के में पर बिना या
  dan den için ile veya
  từ đến tới không và hoặc cho`.split(/\s+/),
);

/** Whether the order of words around this word says something, so that the words may not change places. */
export function fixesOrder(word: string): boolean {
  return ORDER_WORDS.has(word);
}
