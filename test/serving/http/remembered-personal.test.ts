import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ServedLog } from '../../../serving/served/served-log.ts';
import { AUTHORISED, PeopleServer } from '../people/people-fixture.ts';

let server: PeopleServer;
beforeEach(async () => {
  // Its time stands still between events, however slow the machine is.
  server = await PeopleServer.start({ clock: 'events' });
  await server.send(
    { type: 'search', query: 'newcastle', user: 'ann' },
    { type: 'search', query: 'New Zorkmid', user: 'ann' },
    { type: 'search', query: 'news', user: 'bob' },
  );
});
afterEach(() => server.dispose());

/** Answers that were given again, and that were written. */
async function counts(): Promise<readonly number[]> {
  const page = await (await fetch(`${server.service.address}/metrics`)).text();
  return ['remembered', 'written'].map((name) => {
    const found = new RegExp(`^foretype_personal_answers_${name}_total (\\d+)$`, 'm').exec(page);
    return Number(found?.[1]);
  });
}
const textsOf = ({ suggestions }: { suggestions: readonly { text: string }[] }) =>
  suggestions.map(({ text }) => text);
const ownOf = ({ suggestions }: { suggestions: readonly { text: string; source: string }[] }) =>
  suggestions.filter(({ source }) => source === 'history').map(({ text }) => text);

describe('an answer for somebody that is asked for again', () => {
  it('is the same, with an id of its own, and is in the log of served lists as often as it was given', async () => {
    const { requestId: first, ...before } = await server.suggest('q=new&user=ann');
    const { requestId: second, ...again } = await server.suggest('q=new&user=ann');
    expect(await counts()).toEqual([1, 1]);
    expect(before.personalised).toBe(true);
    expect(again).toEqual(before);
    expect(second).not.toBe(first);
    const { served } = await server.export('ann');
    expect(served.map(({ requestId }: { requestId: string }) => requestId)).toEqual([
      first,
      second,
    ]);
    await server.close();
    const log = await ServedLog.open({ folder: `${server.dataDir}/served`, report: () => {} });
    const lists = [];
    for await (const list of log.read()) lists.push({ ...list, requestId: '', atMs: 0 });
    expect(lists[0]?.features.length).toBeGreaterThan(0);
    expect(lists[1]).toEqual(lists[0]);
    await log.close();
    await server.open({ clock: 'events' });
  });

  it('is written anew for anybody else, and for every other question', async () => {
    const asked = ['', '&limit=3', '&session=s', '&video=v', '&context=a:b'];
    const answers = [];
    for (const more of asked) {
      answers.push(await server.suggest(`q=new&user=ann${more}`));
      answers.push(await server.suggest(`q=new&user=bob${more}`));
    }
    expect(await counts()).toEqual([0, 2 * asked.length]);
    for (const [place, answer] of answers.entries()) {
      expect(ownOf(answer)).toContain(place % 2 === 0 ? 'newcastle' : 'news');
      expect(ownOf(answer)).not.toContain(place % 2 === 0 ? 'news' : 'newcastle');
      expect(answer.degraded).toEqual(asked[place >> 1] === '&context=a:b' ? ['context'] : []);
    }
    expect((await server.suggest('q=new&user=ann&personalise=false')).personalised).toBe(false);
    expect((await server.suggest('q=newc&user=ann')).query.text).toBe('newc');
  });

  it('has what an event of theirs says, and follows one of anybody', async () => {
    await server.suggest('q=new&user=ann');
    await server.send({ type: 'search', query: 'New Quorum', user: 'ann' });
    expect(textsOf(await server.suggest('q=new&user=ann'))).toContain('New Quorum');
    await server.send({ type: 'remove', query: 'New Quorum', user: 'ann' });
    expect(textsOf(await server.suggest('q=new&user=ann'))).not.toContain('New Quorum');
    await server.send({ type: 'search', query: 'new shoes', user: 'bob' });
    await server.suggest('q=new&user=ann');
    expect((await counts())[0]).toBe(0);
  });

  it('that explains is written anew, and is nobody’s answer without', async () => {
    const ask = async (more: string) => {
      const url = `${server.service.address}/v1/suggest?q=new&user=ann${more}`;
      return (await fetch(url, { headers: AUTHORISED })).json();
    };
    await ask('');
    expect((await ask('&explain=true')).explain).toBeDefined();
    expect((await ask('&explain=true')).explain).toBeDefined();
    expect((await ask('')).explain).toBeUndefined();
    expect(await counts()).toEqual([1, 1]);
  });

  it('is forgotten with its user', async () => {
    await server.suggest('q=new&user=ann');
    const held = async () => {
      const page = await (await fetch(`${server.service.address}/metrics`)).text();
      return Number(/^foretype_personal_answer_memory_bytes (\d+)$/m.exec(page)?.[1]);
    };
    expect(await held()).toBeGreaterThan(0);
    await server.erase('ann');
    expect(await held()).toBe(0);
    expect((await server.suggest('q=new&user=ann')).personalised).toBe(false);
  });
});
