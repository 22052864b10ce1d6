/** What stands behind a noun without a space, the longest first: 피자보다 is 피자 and "than". */
const PARTICLES: readonly string[] = [
  '에서는',
  '에게서',
  '으로는',
  '이라고',
  '이라는',
  '한테서',
  '까지는',
  '부터는',
  '에서',
  '에게',
  '한테',
  '으로',
  '보다',
  '까지',
  '부터',
  '처럼',
  '이랑',
  '하고',
  '마다',
  '조차',
  '밖에',
  '이나',
  '라고',
  '라는',
  '이고',
  '이야',
  '이네',
  '은',
  '는',
  '이',
  '가',
  '을',
  '를',
  '에',
  '의',
  '도',
  '로',
  '와',
  '과',
  '랑',
  '만',
  '야',
  '께',
];

/** Where the particle that ends a Hangul word begins, in UTF-16 code units from its start; 0 when it has none. */
export function particleStart(text: string, start: number, end: number): number {
  for (const particle of PARTICLES) {
    const at = end - particle.length;
    if (at - start >= 1 && text.startsWith(particle, at)) return at - start;
  }
  return 0;
}
