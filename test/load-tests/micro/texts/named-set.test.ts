import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadNamedSet, NAMED_SET_PACKAGES } from '../../../../load-tests/micro/texts/named-set.ts';
import {
  compareCodePoints,
  readTexts,
  writeTexts,
} from '../../../../load-tests/micro/texts/scored-text.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'foretype-bench-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** The pinned packages as npm would lay them out, so that nothing is fetched. */
function installPackages(names: readonly string[], counts: Readonly<Record<string, number>>): void {
  const contents: Readonly<Record<string, unknown>> = {
    'names.json': names,
    'counts.json': counts,
  };
  for (const { name, version, file } of NAMED_SET_PACKAGES) {
    const target = path.join(folder, 'node_modules', name);
    mkdirSync(target, { recursive: true });
    writeFileSync(path.join(target, 'package.json'), JSON.stringify({ name, version }));
    writeFileSync(path.join(target, file), JSON.stringify(contents[file]));
  }
}

describe('the named set', () => {
  it('takes names by downloads, ties by name, the first of one normalised form', () => {
    installPackages(['b', 'react_dom', 'a', 'react-dom', 'top', 'uncounted', 'zero', '---'], {
      b: 5,
      a: 5,
      'react-dom': 7,
      react_dom: 6,
      top: 9,
      zero: 0,
      '---': 8,
    });
    expect(loadNamedSet(folder, 4)).toEqual([
      { normalised: 'top', surface: 'top', score: 9 },
      { normalised: 'react dom', surface: 'react-dom', score: 7 },
      { normalised: 'a', surface: 'a', score: 5 },
      { normalised: 'b', surface: 'b', score: 5 },
    ]);
  });

  it('says when there are too few', () => {
    installPackages(['a'], { a: 1 });
    expect(() => loadNamedSet(folder, 2)).toThrow(/expected 2 names.*got 1/);
  });
});

describe('a set in a file', () => {
  it('is read as it was written', async () => {
    const file = path.join(folder, 'set.tsv');
    const texts = [
      { normalised: 'types node', surface: '@types/node', score: 12 },
      { normalised: '京都', surface: '京都', score: 0.5 },
    ];
    await writeTexts(file, texts);
    expect(readTexts(file)).toEqual(texts);
  });

  it('names the line that is none', () => {
    const file = path.join(folder, 'set.tsv');
    writeFileSync(file, '1\ta\ta\nx\tb\tb\n');
    expect(() => readTexts(file)).toThrow(/set\.tsv:2/);
  });
});

describe('code point order', () => {
  it('is the order of UTF-8 bytes, also beside surrogates', () => {
    const texts = ['', 'a', 'a b', 'a!', 'ab', 'é', '\uff5e', '🙂', '🙂a', '\u{10ffff}', '京'];
    const byBytes = texts.toSorted((left, right) =>
      Buffer.compare(Buffer.from(left), Buffer.from(right)),
    );
    expect(texts.toSorted(compareCodePoints)).toEqual(byBytes);
  });
});
