import { canonicalMarket } from '../market-tag.ts';
import { normalise } from '../normalise.ts';
import { LexiconError } from './lexicon-error.ts';
import {
  countCodePoints,
  LONGEST_TERM,
  type MarketRules,
  MOST_TERMS_IN_RULE,
  type SynonymRule,
} from './lexicon-rules.ts';
import { LexiconSet } from './lexicon-set.ts';

/*
 * lexicon  = { "format": "foretype-lexicon", "version": 1, "markets": [market…] }   by market, in code unit order
 * market   = { "market": tag, "stopWords": [word…], "synonyms": [two-way | one-way…] }
 * two-way  = [term…]
 * one-way  = { "found": [term…], "typed": [term…] }
 *
 * JSON in UTF-8 without white space, keys in code unit order; all terms normalised, one of two or more in a two-way rule.
 */
const FORMAT = 'foretype-lexicon';
const VERSION = 1;

/** The bytes that a snapshot keeps of a lexicon; the same rules in the same order give the same bytes. */
export function encodeLexicon(lexicon: LexiconSet): Uint8Array {
  const markets = lexicon.markets.map(({ market, synonyms, stopWords }) => ({
    market,
    stopWords,
    synonyms: synonyms.map((rule) =>
      rule.kind === 'two-way' ? rule.terms : { found: rule.found, typed: rule.typed },
    ),
  }));
  return new TextEncoder().encode(JSON.stringify({ format: FORMAT, markets, version: VERSION }));
}

/** The lexicon of bytes that `encodeLexicon` wrote; everything is checked. Throws `malformed-bytes` with the path of what is wrong. */
export function decodeLexicon(bytes: Uint8Array): LexiconSet {
  const root = readObject(parseJson(bytes), '', ['format', 'markets', 'version']);
  expectThat(root.format === FORMAT, 'format', `'${FORMAT}'`);
  expectThat(root.version === VERSION, 'version', `${VERSION}`);
  const markets = readList(root.markets, 'markets').map((value, i) =>
    decodeMarket(value, `markets[${i}]`),
  );
  markets.forEach(({ market }, i) => {
    const before = markets[i - 1];
    expectThat(
      before === undefined || before.market < market,
      `markets[${i}].market`,
      'markets in order, each once',
    );
  });
  return LexiconSet.of(markets);
}

function decodeMarket(value: unknown, path: string): MarketRules {
  const fields = readObject(value, path, ['market', 'stopWords', 'synonyms']);
  const { market } = fields;
  expectThat(
    typeof market === 'string' && canonicalMarket(market) === market,
    `${path}.market`,
    'a canonical BCP 47 tag',
  );
  const stopWords = decodeTerms(fields.stopWords, `${path}.stopWords`);
  stopWords.forEach((word, i) => {
    expectThat(!word.includes(' '), `${path}.stopWords[${i}]`, 'one word');
  });
  const synonyms = readList(fields.synonyms, `${path}.synonyms`).map((rule, i) =>
    decodeRule(rule, `${path}.synonyms[${i}]`),
  );
  return { market, synonyms, stopWords };
}

function decodeRule(value: unknown, path: string): SynonymRule {
  if (Array.isArray(value)) {
    return { kind: 'two-way', terms: decodeSide(value, path, 2) };
  }
  const fields = readObject(value, path, ['found', 'typed']);
  const found = decodeSide(fields.found, `${path}.found`, 1);
  const typed = decodeSide(fields.typed, `${path}.typed`, 1);
  const differs = found.every((term) => !typed.includes(term));
  expectThat(differs, `${path}.found`, 'other terms than in typed');
  return { kind: 'one-way', typed, found };
}

function decodeSide(value: unknown, path: string, least: number): readonly string[] {
  const terms = decodeTerms(value, path);
  const isInBounds = terms.length >= least && terms.length <= MOST_TERMS_IN_RULE;
  expectThat(isInBounds, path, `${least} to ${MOST_TERMS_IN_RULE} terms`);
  return terms;
}

function decodeTerms(value: unknown, path: string): readonly string[] {
  const terms = readList(value, path).map((term, i) => {
    expectThat(
      typeof term === 'string' &&
        term !== '' &&
        normalise(term) === term &&
        countCodePoints(term) <= LONGEST_TERM,
      `${path}[${i}]`,
      `a normalised term of 1 to ${LONGEST_TERM} code points`,
    );
    return term;
  });
  expectThat(new Set(terms).size === terms.length, path, 'each term once');
  return terms;
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    throw new LexiconError('malformed-bytes', 'lexicon: expected JSON in UTF-8, found none');
  }
}

function readList(value: unknown, path: string): readonly unknown[] {
  expectThat(Array.isArray(value), path, 'a list');
  return value;
}

function readObject(
  value: unknown,
  path: string,
  fields: readonly string[],
): Readonly<Record<string, unknown>> {
  expectThat(
    typeof value === 'object' && value !== null && !Array.isArray(value),
    path,
    'an object',
  );
  const keys = Object.keys(value).sort();
  expectThat(keys.join() === fields.join(), path, `the fields ${fields.join(', ')}`);
  return value as Readonly<Record<string, unknown>>;
}

function expectThat(holds: boolean, path: string, expected: string): asserts holds {
  if (holds) return;
  throw new LexiconError(
    'malformed-bytes',
    `lexicon${path === '' ? '' : ` ${path}`}: expected ${expected}, found something else`,
  );
}
