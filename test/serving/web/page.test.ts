import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { withFeed } from '../../../serving/web/static-files.ts';
import { BROWSER_PATH } from '../../support/browser.ts';
import { ServedPage } from '../../support/served-page.ts';

const TEXTS = [
  'new york',
  'new york pizza',
  'newton <b>laws</b> <img src=x onerror=alert(1)>',
  'news today',
  'best of new york',
  'قهوة عربية',
] as const;

const COMMENT = 'I love <i>New York</i> in the news';

/** The demo's feed, of one video. */
const FEED = {
  urlPath: '/assets/feed.json',
  contentType: 'application/json; charset=utf-8',
  bytes: Buffer.from(
    JSON.stringify({
      videos: [
        {
          video: 'v1',
          title: 'A <b>walk</b> downtown',
          tags: [],
          creator: 'somebody',
          market: 'en-US',
          comments: [{ id: 'c1', text: COMMENT }],
        },
      ],
    }),
  ),
};

const left = BROWSER_PATH === null ? ' (left out: no chromium on this machine)' : '';

describe.skipIf(BROWSER_PATH === null)(`the page at /${left}`, () => {
  let served: ServedPage;
  let page: Page;
  let faults: string[];

  beforeAll(async () => {
    served = await ServedPage.start({ texts: TEXTS, extend: (files) => withFeed(files, FEED) });
  });
  afterAll(() => served?.stop());

  beforeEach(async () => {
    ({ page, faults } = await served.visit());
  });
  afterEach(async () => {
    await page.close();
    // A script that the policy refuses, a failed request or one to elsewhere would stand here.
    expect(faults).toEqual([]);
  });

  const type = async (text: string) => {
    await page.locator('.aa-Input').pressSequentially(text);
    await page.locator('.aa-Item').first().waitFor();
  };
  const shown = () => page.locator('.suggestion-text').allTextContents();

  it('says which snapshot answers', async () => {
    const line = page.locator('#snapshot', { hasText: '6 completions in snapshot s-' });
    await line.waitFor();
  });

  it('suggests what is being typed, its matched parts marked, as text and never as markup', async () => {
    await type('new');
    await page.locator('mark').nth(4).waitFor();
    expect(await shown()).toEqual([TEXTS[0], TEXTS[1], TEXTS[2], TEXTS[3], TEXTS[4]]);
    expect(await page.locator('mark').allTextContents()).toEqual(Array(5).fill('new'));
    expect(await page.locator('.suggestion-text b, .suggestion-text img').count()).toBe(0);
    expect(await page.locator('.took').textContent()).toMatch(
      /^5 suggestions · all markets · \d+\.\d ms round trip$/,
    );
  });

  it('lets the keyboard choose', async () => {
    await type('new');
    await page.locator('mark').nth(4).waitFor();
    const selected = page.locator('.aa-Item[aria-selected="true"]');
    await page.keyboard.press('ArrowDown');
    await selected.filter({ hasText: TEXTS[0] }).waitFor();
    await page.keyboard.press('ArrowDown');
    await selected.filter({ hasText: TEXTS[1] }).waitFor();
    expect(await page.locator('.aa-Input').inputValue()).toBe(TEXTS[1]);
    await page.keyboard.press('Enter');
    await page.locator('#results h2', { hasText: `Search for ${TEXTS[1]}` }).waitFor();
    expect(await page.locator('#results dd').allTextContents()).toEqual(
      expect.arrayContaining([TEXTS[1], 'suggestion, position 2', 'prefix']),
    );
    expect(await page.locator('.aa-Panel').count()).toBe(0);
  });

  it('lets the pointer choose, and shows the text as text', async () => {
    await type('newton');
    await page.locator('.aa-Item').first().click();
    await page.locator('#results h2', { hasText: 'Search for newton <b>' }).waitFor();
    expect(await page.locator('#results b, #results img').count()).toBe(0);
  });

  it('searches for what was typed when nothing is chosen', async () => {
    await type('new');
    await page.keyboard.press('Enter');
    await page.locator('#results h2', { hasText: /^Search for new$/ }).waitFor();
    expect(await page.locator('#results dd').allTextContents()).toEqual(['new', 'typed']);
  });

  it('goes on typing from a suggestion', async () => {
    await type('new york p');
    await page.locator('.fill').first().click();
    await expect.poll(() => page.locator('.aa-Input').inputValue()).toBe('new york pizza ');
  });

  it('explains each suggestion when it is asked to, with the key that it was given', async () => {
    await type('new');
    expect(await page.locator('.why').count()).toBe(0);
    await page.getByRole('checkbox', { name: 'Explain' }).check();
    await page.locator('.why').nth(4).waitFor();
    const [first] = await page.locator('.why').allTextContents();
    expect(first).toMatch(/^prefix · score [\d.]+ · passed min-users:\d+, personal-data/);
    await page.getByRole('checkbox', { name: 'Explain' }).uncheck();
    await expect.poll(() => page.locator('.why').count()).toBe(0);
  });

  it('says when nothing is found', async () => {
    await page.locator('.aa-Input').pressSequentially('zzzz');
    await page.locator('.nothing', { hasText: 'No suggestions' }).waitFor();
  });

  it('says that the server does not answer, and which snapshot does when it is back', async () => {
    await page.locator('#snapshot', { hasText: 'in snapshot s-' }).waitFor();
    await page.route('**/v1/suggest*', (route) => route.fulfill({ status: 500 }));
    await page.locator('.aa-Input').pressSequentially('n');
    await page.locator('#snapshot', { hasText: 'does not answer' }).waitFor();
    await page.locator('.nothing', { hasText: 'No answer from the server' }).waitFor();
    await page.unroute('**/v1/suggest*');
    await type('ew');
    await page.locator('#snapshot', { hasText: 'in snapshot s-' }).waitFor();
    // The browser itself reports the answer with status 500.
    const reported = faults.splice(0);
    expect(reported.length).toBeGreaterThan(0);
    for (const fault of reported) expect(fault).toContain('status of 500');
  });

  it('shows what to search next beside a search, and leaves out what it did not get', async () => {
    await page.route('**/v1/related?q=*', (route) =>
      route.fulfill({ json: relatedAnswer('new york hotels', 'news <b>today</b>') }),
    );
    await type('new york');
    await page.keyboard.press('Enter');
    await page.locator('#related h2', { hasText: 'Related searches' }).waitFor();
    const shownRelated = page.locator('#related .searches button');
    expect(await shownRelated.allTextContents()).toEqual(['new york hotels', 'news <b>today</b>']);
    expect(await page.locator('#related b').count()).toBe(0);
    await page.unroute('**/v1/related?q=*');
    await shownRelated.first().click();
    await page.locator('#results h2', { hasText: 'Search for new york hotels' }).waitFor();
    expect(await page.locator('.aa-Input').inputValue()).toBe('new york hotels');
    // The server itself now says what goes with it: never the search itself.
    await expect.poll(() => shownRelated.allTextContents()).not.toContain('new york hotels');
  });

  it('tells the server of each search, in its own session, before it asks what comes next', async () => {
    const order: string[] = [];
    let sent: { session?: string } = {};
    let session: string | null = null;
    page.on('response', (response) => {
      if (!response.url().endsWith('/v1/events')) return;
      order.push(`events ${response.status()}`);
      [sent] = response.request().postDataJSON();
    });
    page.on('request', (request) => {
      const url = new URL(request.url());
      if (url.pathname !== '/v1/related' || !url.searchParams.has('q')) return;
      order.push('related');
      session = url.searchParams.get('session');
    });
    await type('news');
    await page.keyboard.press('Enter');
    await expect.poll(() => order).toEqual(['events 202', 'related']);
    expect(sent).toMatchObject({ type: 'search', query: 'news', origin: 'typed', session });
  });

  it('shows a feed of videos, with searches under each and links in the comments, as text', async () => {
    await page.route('**/v1/related?video=*', (route) =>
      route.fulfill({ json: relatedAnswer('new york pizza') }),
    );
    const start = COMMENT.indexOf('New York');
    const span = { start, end: start + 8, surface: 'New York', query: 'new york', score: 1 };
    await page.route('**/v1/entities', (route) =>
      route.fulfill({ json: { requestId: 'r', results: [{ id: 'c1', entities: [span] }] } }),
    );
    await page.reload();
    const video = page.locator('.video');
    await video.locator('h3', { hasText: 'A <b>walk</b> downtown' }).waitFor();
    await video.locator('.bar button', { hasText: 'new york pizza' }).waitFor();
    expect(await video.locator('.comment').textContent()).toBe(COMMENT);
    expect(await video.locator('.comment i, h3 b').count()).toBe(0);
    await video.locator('.comment .link', { hasText: /^New York$/ }).click();
    await page.locator('#results h2', { hasText: /^Search for new york$/ }).waitFor();
    expect(await page.locator('#results dd').allTextContents()).toContain('entity');
  });

  it('has names for the box, the list and the suggestions', async () => {
    await type('newt');
    await page.getByRole('searchbox', { name: 'Search' }).waitFor();
    await page.getByRole('listbox', { name: 'Search' }).waitFor();
    await page.getByRole('option', { name: TEXTS[2], exact: true }).waitFor();
  });

  it('shows right-to-left text from the right', async () => {
    await type('قهو');
    const text = page.locator('.suggestion-text').first();
    expect(await text.evaluate((element) => getComputedStyle(element).direction)).toBe('rtl');
  });

  it('fits a phone', async () => {
    await page.setViewportSize({ width: 360, height: 700 });
    await type('new');
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow).toBe(0);
  });
});

/** What `GET /v1/related` answers. */
function relatedAnswer(...texts: readonly string[]): object {
  return {
    requestId: 'r',
    snapshot: 's-0',
    market: 'und',
    suggestions: texts.map((text) => ({
      id: text,
      text,
      kind: 'query',
      source: 'related',
      score: 1,
      matches: [],
    })),
  };
}
