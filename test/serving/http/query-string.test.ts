import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HttpProblem } from '../../../serving/http/http-problem.ts';
import { parseQueryString } from '../../../serving/http/query-string.ts';

function problemOf(raw: string): HttpProblem {
  try {
    parseQueryString(raw);
  } catch (error) {
    if (error instanceof HttpProblem) return error;
    throw error;
  }
  throw new Error(`expected a problem for ${raw}`);
}

describe('parseQueryString', () => {
  it('reads what URLSearchParams writes', () => {
    const text = fc.string({ unit: 'grapheme' });
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text)), (pairs) => {
        const written = new URLSearchParams(pairs).toString();
        const parsed = parseQueryString(written).map(({ name, value }) => [name, value]);
        expect(parsed).toEqual([...new URLSearchParams(written)]);
      }),
    );
  });

  it('reads a plus as a space, and %2B as a plus', () => {
    expect(parseQueryString('q=a+b%2Bc')).toEqual([{ name: 'q', value: 'a b+c' }]);
  });

  it('keeps what follows the first equals sign', () => {
    expect(parseQueryString('q=a=b')).toEqual([{ name: 'q', value: 'a=b' }]);
  });

  it('ignores empty pieces and gives an empty value to a bare name', () => {
    expect(parseQueryString('&&q&limit=&')).toEqual([
      { name: 'q', value: '' },
      { name: 'limit', value: '' },
    ]);
  });

  it('reads bytes that were not percent-encoded as UTF-8', () => {
    const raw = Buffer.from('q=北京').toString('latin1');
    expect(parseQueryString(raw)).toEqual([{ name: 'q', value: '北京' }]);
  });

  it.each([
    ['a lone percent sign', 'q=%'],
    ['a cut escape', 'q=%4'],
    ['an escape that is not hexadecimal', 'q=%zz'],
    ['a lone continuation byte', 'q=%80'],
    ['a cut sequence', 'q=%E5%8C'],
    ['an overlong form', 'q=%C0%80'],
    ['an encoded surrogate', 'q=%ED%A0%80'],
    ['a code point beyond Unicode', 'q=%F4%90%80%80'],
    ['a raw byte that is not UTF-8', 'q=\xff'],
  ])('refuses %s, naming the parameter', (_, raw) => {
    expect(problemOf(raw)).toMatchObject({
      status: 400,
      code: 'invalid_encoding',
      parameter: 'q',
    });
  });

  it('refuses exactly what a strict UTF-8 decoder refuses', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 12 }), (bytes) => {
        const raw = `q=${[...bytes].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')}`;
        let decoded: string | null;
        try {
          decoded = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
        } catch {
          decoded = null;
        }
        if (decoded === null) expect(problemOf(raw).code).toBe('invalid_encoding');
        else expect(parseQueryString(raw)).toEqual([{ name: 'q', value: decoded }]);
      }),
    );
  });
});
