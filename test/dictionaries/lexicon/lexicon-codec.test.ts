import { describe, expect, it } from 'vitest';
import { decodeLexicon, encodeLexicon } from '../../../dictionaries/lexicon/lexicon-codec.ts';
import { LexiconSet } from '../../../dictionaries/lexicon/lexicon-set.ts';
import { parseStopWords } from '../../../dictionaries/lexicon/stop-word-file.ts';
import { parseSynonyms } from '../../../dictionaries/lexicon/synonym-file.ts';

const SYNONYMS = 'tv, telly\n手机 => 智能手机\n[en-US]\nsoccer, footy => football';
const sample = () => parseSynonyms(SYNONYMS, 'f').plus(parseStopWords('[en]\nthe\n[de]\nder', 'f'));
const toBytes = (value: unknown) => Buffer.from(JSON.stringify(value));

/** What a sample's bytes say, changed. */
function changed(change: (value: Record<string, never>) => void): Uint8Array {
  const value = JSON.parse(Buffer.from(encodeLexicon(sample())).toString());
  change(value);
  return toBytes(value);
}

describe('the bytes of a lexicon', () => {
  it('give the lexicon back', () => {
    const decoded = decodeLexicon(encodeLexicon(sample()));
    expect(decoded.markets).toEqual(sample().markets);
    expect(decodeLexicon(encodeLexicon(LexiconSet.EMPTY)).isEmpty).toBe(true);
  });

  it('are the same for the same rules', () => {
    const again = decodeLexicon(encodeLexicon(sample()));
    expect(encodeLexicon(again)).toEqual(encodeLexicon(sample()));
    expect(Buffer.from(encodeLexicon(parseSynonyms('tv, telly\na => b', 'f'))).toString()).toBe(
      '{"format":"foretype-lexicon","markets":[{"market":"und","stopWords":[],"synonyms":[["tv","telly"],{"found":["b"],"typed":["a"]}]}],"version":1}',
    );
  });

  it('are refused when they are not what was written', () => {
    const rule = (value: unknown) =>
      changed((lexicon) => Object.assign(lexicon.markets?.[3] ?? {}, { synonyms: [value] }));
    const market = (value: unknown) =>
      changed((lexicon) => Object.assign(lexicon.markets?.[0] ?? {}, value));
    const cases: readonly (readonly [Uint8Array, string])[] = [
      [Buffer.from([0xff]), 'lexicon: expected JSON in UTF-8'],
      [toBytes([]), 'lexicon: expected an object'],
      [toBytes({}), 'lexicon: expected the fields format, markets, version'],
      [changed((value) => Object.assign(value, { format: 'x' })), 'lexicon format: '],
      [changed((value) => Object.assign(value, { version: 2 })), 'lexicon version: expected 1'],
      [changed((value) => Object.assign(value, { markets: {} })), 'lexicon markets: '],
      [market({ market: 'EN' }), 'lexicon markets[0].market: expected a canonical'],
      [market({ market: 'ja' }), 'lexicon markets[1].market: expected markets in order'],
      [market({ extra: 1 }), 'lexicon markets[0]: expected the fields'],
      [market({ stopWords: ['of the'] }), 'lexicon markets[0].stopWords[0]: expected one word'],
      [market({ stopWords: ['a', 'a'] }), 'lexicon markets[0].stopWords: expected each term once'],
      [rule(['tv']), 'lexicon markets[3].synonyms[0]: expected 2 to 64 terms'],
      [rule(['tv', 'TV']), 'lexicon markets[3].synonyms[0][1]: expected a normalised term'],
      [rule(['tv', '']), 'lexicon markets[3].synonyms[0][1]: expected a normalised term'],
      [rule(['tv', 'x'.repeat(129)]), 'lexicon markets[3].synonyms[0][1]: expected a normalised'],
      [rule({ found: ['a'], typed: ['a', 'b'] }), 'lexicon markets[3].synonyms[0].found: '],
      [rule({ found: [], typed: ['a'] }), 'lexicon markets[3].synonyms[0].found: expected 1 to'],
      [rule({ found: ['a'] }), 'lexicon markets[3].synonyms[0]: expected the fields'],
    ];
    for (const [bytes, message] of cases) expect(() => decodeLexicon(bytes)).toThrow(message);
  });
});
