import type { Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BROWSER_PATH } from '../../support/browser.ts';
import type { ServedPage } from '../../support/served-page.ts';
import { OWN, servePeople, textsIn, typeAs } from './people-page-fixture.ts';

const left = BROWSER_PATH === null ? ' (left out: no chromium on this machine)' : '';

describe.skipIf(BROWSER_PATH === null)(`what the page tells of a person${left}`, () => {
  let served: ServedPage;
  let page: Page;
  let faults: string[];

  beforeEach(async () => {
    served = await servePeople();
    ({ page, faults } = await served.visit('#people'));
    await page.locator('.compared').waitFor();
    await page.locator('.kept-block').first().waitFor();
  });
  afterEach(async () => {
    await page?.close();
    await served?.stop();
    expect(faults).toEqual([]);
  });

  const kept = () => page.getByRole('region', { name: 'What is kept of reader' });
  const block = (name: string) => kept().locator('.kept-block', { hasText: name });
  const searched = () => block('Searched lately').locator('.kept-text').allTextContents();
  const focused = (key: 'id' | 'ariaLabel' | 'textContent') =>
    page.evaluate((name) => document.activeElement?.[name], key);

  it('is their profile in words: searches, tastes, languages and hours, and how much is in the logs', async () => {
    expect(await searched()).toEqual(['news today', OWN]);
    expect(await block('Searched often').locator('li').allTextContents()).toEqual([
      'news today3 times',
      `${OWN}2 times`,
    ]);
    const words = await block('Words').locator('li span[dir=auto]').allTextContents();
    expect(words.slice(0, 2).sort()).toEqual(['news', 'today']);
    expect(words).toContain('tilburg');
    expect(await block('Languages and scripts').textContent()).toMatch(/Latin100%/);
    const hours = block('Hours, UTC');
    const shares = (await hours.locator('dd').allTextContents()).map((text) => parseInt(text, 10));
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeGreaterThan(98);
    expect(await hours.locator('dt').first().textContent()).toMatch(/^\d\d–\d\d$/);
    expect(await kept().textContent()).toMatch(/2 searches; 5 events and \d+ shown lists? /);
    expect(await kept().locator('b').count()).toBe(0);
  });

  it('knows of a search right after it was made', async () => {
    await typeAs(page, 'newton laws');
    await page.keyboard.press('Enter');
    await expect.poll(searched).toEqual(['newton laws', 'news today', OWN]);
  });

  it('forgets one search by the keyboard, and the lists show it no more', async () => {
    await typeAs(page, 'newsp');
    expect(await textsIn(page, 'For reader')).toContain(OWN);
    await page.getByRole('button', { name: 'Forget news today' }).focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByText(`Forgot ${OWN}`).waitFor();
    expect(await searched()).toEqual(['news today']);
    await expect.poll(() => textsIn(page, 'For reader')).not.toContain(OWN);
    expect(await kept().textContent()).toContain('1 search, 1 forgotten');
    expect(await focused('ariaLabel')).toBe('Forget news today');
    await page.keyboard.press('Enter');
    await page.getByText('Forgot news today').waitFor();
    expect(await searched()).toEqual([]);
    expect(await focused('id')).toBe('kept-of');
  });

  it('erases a person when it is said twice, and shows the receipt', async () => {
    const erase = page.getByRole('button', { name: 'Erase reader…' });
    await erase.click();
    const dialog = page.getByRole('dialog', { name: 'Erase reader?' });
    await dialog.waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    expect(await searched()).toEqual(['news today', OWN]);
    await erase.press('Enter');
    await dialog.getByRole('button', { name: 'Keep' }).press('Enter');
    await dialog.waitFor({ state: 'hidden' });
    expect(await searched()).toEqual(['news today', OWN]);
    await erase.press('Enter');
    await dialog.getByRole('button', { name: 'Erase reader' }).click();
    const receipt = page.locator('.receipt');
    await receipt.waitFor();
    expect(await focused('textContent')).toBe('Erased reader');
    const places = await receipt.locator('tbody th').allTextContents();
    const removed = await receipt.locator('tbody td.number').allTextContents();
    expect(Object.fromEntries(places.map((place, i) => [place, removed[i]]))).toMatchObject({
      events: '5',
      profiles: '1',
    });
    await receipt.getByText('What stays, and until when').click();
    expect(await receipt.locator('.stays').textContent()).toContain('the next build');
    expect(await kept().textContent()).toContain('0 searches; 0 events');
    expect(await kept().locator('.kept-block').count()).toBe(0);
    await page.locator('.compared', { hasText: 'the popular order' }).waitFor();
  });

  it('is of the next person once they are picked, and of nobody there is nothing', async () => {
    await page.getByRole('radio', { name: /^stranger/ }).check();
    const other = page.getByRole('region', { name: 'What is kept of stranger' });
    await other.getByText('0 searches').waitFor();
    expect(await other.locator('.kept-block').count()).toBe(0);
  });

  it('fits a phone, receipt and all', async () => {
    await page.setViewportSize({ width: 360, height: 700 });
    await page.getByRole('button', { name: 'Erase reader…' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Erase reader' }).click();
    await page.locator('.receipt').waitFor();
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow).toBe(0);
  });
});
