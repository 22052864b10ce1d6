import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TextScan } from '../../../../dictionaries/mentions/text-scan.ts';
import { hashWord } from '../../../../dictionaries/mentions/word-hash.ts';
import { CompanyWords } from '../../../../serving/surfaces/entities/company-words.ts';

const WORDS = ['pie', 'tree', 'phone', 'camera', '猫', 'ёлка'];
const keyOf = (word: string) => hashWord(word).a >>> 8;

describe('the company of a span', () => {
  it('is the distinct words of the text and the video without those of the span, text after text', () => {
    const scan = new TextScan();
    const company = new CompanyWords();
    const words = fc.array(fc.constantFrom(...WORDS), { maxLength: 12 });
    fc.assert(
      fc.property(words, words, fc.nat(12), fc.nat(3), (text, video, from, length) => {
        scan.scan(text.join(' '));
        expect(scan.count).toBe(text.length);
        company.read(
          scan,
          video.map((word) => hashWord(word).a),
        );
        const first = Math.min(from, text.length);
        const last = Math.min(first + length, text.length);
        const around = new Set([...text.slice(0, first), ...text.slice(last), ...video]);
        company.without(scan, first, last, () => {
          for (const word of WORDS) expect(company.has(keyOf(word))).toBe(around.has(word));
        });
        const all = new Set([...text, ...video]);
        for (const word of WORDS) expect(company.has(keyOf(word))).toBe(all.has(word));
      }),
    );
  });

  it('leaves out names of accounts and what has no letter', () => {
    const scan = new TextScan();
    const company = new CompanyWords();
    scan.scan('42 pies for bob@example.net #tree');
    company.read(scan, []);
    expect(['42', 'pies', 'bob', 'tree'].map((word) => company.has(keyOf(word)))).toEqual([
      ...[false, true],
      ...[false, true],
    ]);
  });
});
