import { describe, expect, it } from 'vitest';
import { HttpProblem } from '../../../serving/http/http-problem.ts';
import { parseSuggestRequest } from '../../../serving/http/suggest-request.ts';

const parse = (parameters: Record<string, string>) =>
  parseSuggestRequest(new URLSearchParams(parameters).toString());

function problemOf(raw: string): HttpProblem {
  try {
    parseSuggestRequest(raw);
  } catch (error) {
    if (error instanceof HttpProblem) return error;
    throw error;
  }
  throw new Error(`expected a problem for ${raw}`);
}

describe('parseSuggestRequest', () => {
  it('has the defaults of the API for an empty query string', () => {
    expect(parseSuggestRequest('')).toEqual({
      text: '',
      limit: 10,
      market: null,
      user: null,
      session: null,
      video: null,
      context: [],
      personalise: true,
      explain: false,
    });
  });

  it.each([
    ['New yo', 'New yo'],
    ['  new', 'new'],
    ['new ', 'new '],
    ['new   ', 'new '],
    ['   ', ''],
    ['a  b', 'a  b'],
    ['\u3000東京\u3000', '東京 '],
    ['a\0b', 'a\0b'],
  ])('drops leading space and keeps one trailing space of %j', (q, text) => {
    expect(parse({ q }).text).toBe(text);
  });

  it.each([
    ['letters', 'a'],
    ['astral characters', '😀'],
    ['combining characters', '\u0301'],
    ['spaces, counted as received', ' '],
  ])('takes 128 code points of %s and refuses 129', (_, character) => {
    expect(() => parse({ q: character.repeat(128) })).not.toThrow();
    const refused = problemOf(new URLSearchParams({ q: character.repeat(129) }).toString());
    expect(refused).toMatchObject({ status: 400, code: 'invalid_parameter', parameter: 'q' });
    expect(refused.message).toContain('129');
  });

  it('reads every parameter', () => {
    const asked = parseSuggestRequest(
      'q=x&limit=20&market=EN-us&user=u1&session=s1&video=v1&context=surface:tv&context=-lang:de:at&personalise=false&explain=true',
    );
    expect(asked).toEqual({
      text: 'x',
      limit: 20,
      market: 'en-US',
      user: 'u1',
      session: 's1',
      video: 'v1',
      context: [
        { key: 'surface', value: 'tv', excluded: false },
        { key: 'lang', value: 'de:at', excluded: true },
      ],
      personalise: false,
      explain: true,
    });
  });

  it.each(['q', 'limit', 'market', 'user', 'session', 'video', 'personalise', 'explain'])(
    'refuses %s given twice, even with the same value',
    (name) => {
      const values: Record<string, string> = {
        limit: '5',
        market: 'en',
        personalise: 'true',
        explain: 'false',
      };
      const pair = `${name}=${values[name] ?? ''}${values[name] === undefined ? 'x' : ''}`;
      expect(problemOf(`${pair}&${pair}`)).toMatchObject({
        status: 400,
        code: 'repeated_parameter',
        parameter: name,
      });
    },
  );

  it.each([
    [
      'limit',
      ['', '0', '21', '-1', '+1', '1.0', '1e1', ' 5', '5 ', '05', '0x5', '٣', '999', 'ten'],
    ],
    ['market', ['', 'e', 'en_US', 'en-', '-en', 'en--US', 'toolonglanguage', 'en US', '北京', '*']],
    ['user', ['', 'u'.repeat(129), 'é'.repeat(65)]],
    ['session', ['', 's'.repeat(129)]],
    ['video', ['', 'v'.repeat(129)]],
    ['context', ['', 'tv', ':tv', 'surface:', '-', '-:tv', '--surface:tv', ':']],
    ['personalise', ['', 'TRUE', 'True', '1', '0', 'yes', 'true ', 'null']],
    ['explain', ['', 'FALSE', '1', 'no']],
  ])('refuses %s off its form', (name, values) => {
    for (const value of values) {
      expect(problemOf(new URLSearchParams({ [name]: value }).toString())).toMatchObject({
        status: 400,
        code: 'invalid_parameter',
        parameter: name,
      });
    }
  });

  it('takes ids of 128 bytes', () => {
    expect(parse({ user: 'é'.repeat(64) }).user).toBe('é'.repeat(64));
  });

  it.each(['Q', 'query', 'limit[]', 'q ', '__proto__', 'toString', ''])(
    'refuses the unknown parameter %j',
    (name) => {
      const raw = `${encodeURIComponent(name)}=1`;
      expect(problemOf(raw)).toMatchObject({
        status: 400,
        code: 'unknown_parameter',
        parameter: name,
      });
    },
  );

  it('cuts what it echoes', () => {
    const { message, parameter } = problemOf(`${'x'.repeat(5_000)}=1`);
    expect(message.length).toBeLessThan(300);
    expect(parameter?.length).toBeLessThan(110);
  });
});
