import { describe, expect, it } from 'vitest';
import { CommentRowReader } from '../../../indexer/input/comment-row.ts';

const NOW = Date.parse('2026-06-01T00:00:00Z');
const reader = new CommentRowReader({ asOfUs: undefined }, NOW);
const read = (...cells: (string | undefined)[]) => reader.read(cells);

describe('a comment', () => {
  it('is read with what the row says', () => {
    expect(read('2026-05-01T00:00:00Z', 'c1', 'v1', 'u1', ' Tom &amp; Jerry ')).toEqual({
      kind: 'row',
      row: {
        atUs: Date.parse('2026-05-01T00:00:00Z') * 1000,
        isTimeOfDay: false,
        comment: 'c1',
        video: 'v1',
        user: 'u1',
        text: 'Tom & Jerry',
      },
    });
  });

  it('needs nothing but a text', () => {
    expect(read(undefined, undefined, undefined, '', 'hello')).toMatchObject({
      row: { user: undefined },
    });
    expect(read('2026-05-01', 'c1', 'v1', 'u1', '  ')).toEqual({ kind: 'empty' });
  });

  it('is malformed with a time that is none or lies ahead', () => {
    expect(read('soon', 'c1', 'v1', 'u1', 'hello').kind).toBe('malformed');
    expect(read('2026-06-02T00:00:00Z', 'c1', 'v1', 'u1', 'hello').kind).toBe('malformed');
  });
});
