import { describe, expect, it } from 'vitest';
import { ServerClock } from '../../serving/server-clock.ts';

describe('ServerClock', () => {
  it('tells the wall clock, whatever the events say', () => {
    const clock = new ServerClock('wall', () => 1_000);
    clock.follow(5_000);
    expect(clock.nowMs()).toBe(1_000);
  });

  it('by the events begins at the first time that it is told, follows later ones and never goes back', () => {
    const clock = new ServerClock('events', () => 1_000);
    expect(clock.nowMs()).toBe(1_000);
    clock.follow(500);
    expect(clock.nowMs()).toBe(500);
    clock.follow(700);
    clock.follow(600);
    expect(clock.nowMs()).toBe(700);
  });
});
