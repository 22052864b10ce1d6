import type { Random } from './random.ts';

/** Neighbours on a QWERTY keyboard, the likeliest wrong keys. */
const NEIGHBOURS: Readonly<Record<string, string>> = {
  a: 'qsz',
  b: 'vgn',
  c: 'xdv',
  d: 'sfe',
  e: 'wrd',
  f: 'dgr',
  g: 'fht',
  h: 'gjy',
  i: 'uok',
  j: 'hku',
  k: 'jli',
  l: 'kop',
  m: 'nj',
  n: 'bmh',
  o: 'ipl',
  p: 'ol',
  q: 'wa',
  r: 'etf',
  s: 'adw',
  t: 'ryg',
  u: 'yij',
  v: 'cbf',
  w: 'qes',
  x: 'zcs',
  y: 'tuh',
  z: 'xa',
};

/** A slip of the fingers: a neighbouring key, a letter left out, doubled, or swapped with the next; never the first letter. */
export function mistype(random: Random, text: string): string {
  const characters = [...text];
  if (characters.length < 4) return text;
  const at = 1 + random.below(characters.length - 2);
  const character = characters[at]!;
  switch (random.below(4)) {
    case 0: {
      const near = NEIGHBOURS[character];
      characters[at] = near === undefined ? character : near.charAt(random.below(near.length));
      break;
    }
    case 1:
      characters.splice(at, 1);
      break;
    case 2:
      characters.splice(at, 0, character);
      break;
    default:
      characters[at] = characters[at + 1]!;
      characters[at + 1] = character;
  }
  return characters.join('').trim();
}

/** How a surface differs from the usual lower case: now and then capitals, a question mark, a double space. */
export function dress(random: Random, text: string): string {
  const u = random.unit();
  if (u >= 0.13) return text;
  if (u < 0.08) return text.charAt(0).toUpperCase() + text.slice(1);
  if (u < 0.1)
    return text.replace(
      /(^| )(\p{L})/gu,
      (_, space: string, letter: string) => space + letter.toUpperCase(),
    );
  if (u < 0.11) return `${text}?`;
  if (u < 0.12) return text.replace(' ', '  ');
  return text.toUpperCase();
}

/** The unfinished prefixes that the app logged on the way to `length` characters, increasing, none of them whole. */
export function cutTrace(random: Random, length: number): readonly number[] {
  const cuts: number[] = [];
  let at = 0;
  const pauses = 1 + random.below(3);
  for (let i = 0; i < pauses; i++) {
    at += 1 + random.below(Math.max(1, Math.floor(length / pauses)));
    if (at >= length) break;
    cuts.push(at);
  }
  return cuts;
}
