import { describe, expect, it } from 'vitest';
import type { FakeEngine } from '../../support/fake-snapshots.ts';
import { makeTestServer } from '../../support/test-server.ts';

describe('remembered answers', () => {
  it('do not outlive a change of the synonyms and stop words', async () => {
    let version = 1;
    const { server, holder } = await makeTestServer({ lexiconVersion: () => version });
    const engine = holder.current?.engine as FakeEngine;
    const ask = async () => {
      await server.inject('/v1/suggest?q=new');
      return engine.asked;
    };
    expect([await ask(), await ask()]).toEqual([1, 1]);
    version = 2;
    expect([await ask(), await ask()]).toEqual([2, 2]);
    await server.close();
  });
});
