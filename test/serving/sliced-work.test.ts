import { expect, it } from 'vitest';
import { finish, finishInTurns, type Sliced } from '../../serving/sliced-work.ts';

function* count(steps: number, onStep: (step: number) => void = () => {}): Sliced<string> {
  for (let step = 0; step < steps; step++) {
    onStep(step);
    yield;
  }
  return `after ${steps}`;
}

it('does all of the work, at once or in turns, and gives its result', async () => {
  for (const steps of [0, 1, 1_000]) {
    expect(finish(count(steps))).toBe(`after ${steps}`);
    expect(await finishInTurns(count(steps))).toBe(`after ${steps}`);
  }
});

it('lets others have a turn', async () => {
  let turns = 0;
  let isDone = false;
  const beat = () => {
    turns++;
    if (!isDone) setImmediate(beat);
  };
  setImmediate(beat);
  let seen = 0;
  // As long as it takes: until somebody else had ten turns.
  function* work(): Sliced<number> {
    while (turns < 10) {
      seen = turns;
      yield;
    }
    return turns;
  }
  expect(await finishInTurns(work())).toBeGreaterThanOrEqual(10);
  isDone = true;
  expect(seen).toBe(9);
});

it('passes on what the work throws', async () => {
  const fail = () => {
    throw new Error('broken');
  };
  expect(() => finish(count(1, fail))).toThrow('broken');
  await expect(finishInTurns(count(1, fail))).rejects.toThrow('broken');
});
