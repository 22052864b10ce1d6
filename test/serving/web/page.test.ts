import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bundlePage } from '../../../.ci/page-bundle.mjs';
import { type Service, startService } from '../../../serving/service.ts';
import { IndexDirectory } from '../../../serving/snapshot/index-directory.ts';
import { readPageFiles, withPageKey } from '../../../serving/web/static-files.ts';
import { BROWSER_PATH, launchBrowser } from '../../support/browser.ts';
import { makeFolder, publishTexts } from '../../support/index-fixture.ts';

const TEXTS = [
  'new york',
  'new york pizza',
  'newton <b>laws</b> <img src=x onerror=alert(1)>',
  'news today',
  'best of new york',
  'قهوة عربية',
] as const;

const left = BROWSER_PATH === null ? ' (left out: no chromium on this machine)' : '';

describe.skipIf(BROWSER_PATH === null)(`the page at /${left}`, () => {
  let browser: Browser;
  let service: Service;
  let page: Page;
  let faults: string[];
  const cleanups: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    const index = await makeFolder();
    const bundle = await makeFolder();
    cleanups.push(index.remove, bundle.remove);
    await Promise.all([publishTexts(index.folder, TEXTS), bundlePage(bundle.folder)]);
    service = await startService({
      source: new IndexDirectory(index.folder),
      host: '127.0.0.1',
      port: 0,
      pollMs: 3_600_000,
      version: '0',
      pageKey: 'page-key',
      pageFiles: withPageKey(readPageFiles(bundle.folder), 'page-key'),
      log: () => {},
    });
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await service?.stop();
    for (const cleanup of cleanups) await cleanup();
  });

  beforeEach(async () => {
    page = await browser.newPage();
    faults = [];
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') faults.push(message.text());
    });
    page.on('request', (request) => {
      if (!request.url().startsWith(service.address)) faults.push(`asked ${request.url()}`);
    });
    await page.goto(service.address);
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
    expect(faults.splice(0)).toEqual([expect.stringContaining('status of 500')]);
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
