/** Runs something over all of a list in its order, so many at a time; gives the milliseconds until all is done. */
export async function inTurns<Work>(
  all: readonly Work[],
  atOnce: number,
  run: (work: Work) => Promise<unknown>,
): Promise<number> {
  let next = 0;
  const started = performance.now();
  const worker = async () => {
    while (next < all.length) await run(all[next++]!);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return performance.now() - started;
}
