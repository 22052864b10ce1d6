/** Where a suggestion of the personal order stood in the popular one. */
export type Move =
  | { readonly kind: 'same' }
  | { readonly kind: 'up' | 'down'; readonly places: number }
  | { readonly kind: 'new' };

/** How each entry of a list moved against another list; entries are compared as they are. */
export function findMoves(personal: readonly string[], popular: readonly string[]): Move[] {
  const places = new Map(popular.map((id, place) => [id, place]));
  return personal.map((id, place) => {
    const before = places.get(id);
    if (before === undefined) return { kind: 'new' };
    if (before === place) return { kind: 'same' };
    return { kind: before > place ? 'up' : 'down', places: Math.abs(before - place) };
  });
}

/** A move in a sign, and in words for who cannot see it. */
export function describeMove(move: Move): { readonly sign: string; readonly words: string } {
  if (move.kind === 'new') return { sign: 'new', words: 'not among the popular ones' };
  if (move.kind === 'same') return { sign: '', words: 'in its place' };
  const places = move.places === 1 ? '1 place' : `${move.places} places`;
  return {
    sign: `${move.kind === 'up' ? '▲' : '▼'} ${move.places}`,
    words: `${move.kind} ${places}`,
  };
}

/** How much the order changed, in a line. */
export function describeMoves(moves: readonly Move[], gone: number): string {
  const count = (kind: Move['kind']): number => moves.filter((move) => move.kind === kind).length;
  const parts = [
    [count('up'), 'up'],
    [count('down'), 'down'],
    [count('new'), 'new'],
    [gone, 'gone'],
  ] as const;
  const told = parts.filter(([number]) => number > 0).map(([number, what]) => `${number} ${what}`);
  return told.length === 0 ? 'the same order' : told.join(', ');
}
