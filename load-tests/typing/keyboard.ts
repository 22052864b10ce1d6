/** The rows of a QWERTY keyboard, digits on top, and how far each begins to the right, in widths of a key. */
const ROWS = [
  { keys: '1234567890', offset: 0 },
  { keys: 'qwertyuiop', offset: 0.5 },
  { keys: 'asdfghjkl', offset: 0.75 },
  { keys: 'zxcvbnm', offset: 1.25 },
];

/** Keys whose middles are nearer than this touch each other: it takes in the keys beside, above and below, and no others. */
const TOUCHING = 1.3;

interface Key {
  readonly character: string;
  readonly x: number;
  readonly y: number;
}

const KEYS: readonly Key[] = ROWS.flatMap(({ keys, offset }, y) =>
  Array.from(keys, (character, place) => ({ character, x: place + offset, y })),
);

const NEIGHBOURS: ReadonlyMap<string, readonly string[]> = new Map(
  KEYS.map((key) => [
    key.character,
    KEYS.filter(
      (other) => other !== key && Math.hypot(other.x - key.x, other.y - key.y) < TOUCHING,
    ).map(({ character }) => character),
  ]),
);

/**
 * The letters and digits whose keys touch that of a lower-case letter or digit, digits among them for the top row of letters; none
 * for other characters.
 */
export function neighbouringKeys(character: string): readonly string[] {
  return NEIGHBOURS.get(character) ?? [];
}
