import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { BROWSER_PATH } from '../../support/browser.ts';
import type { ServedPage } from '../../support/served-page.ts';
import { OWN, servePeople, TEXTS, textsIn, typeAs } from './people-page-fixture.ts';

const left = BROWSER_PATH === null ? ' (left out: no chromium on this machine)' : '';

describe.skipIf(BROWSER_PATH === null)(`the people of the page${left}`, () => {
  let served: ServedPage;
  let page: Page;
  let faults: string[];

  beforeAll(async () => {
    served = await servePeople();
  });
  afterAll(() => served?.stop());

  beforeEach(async () => {
    ({ page, faults } = await served.visit('#people'));
    await page.locator('.compared').waitFor();
  });
  afterEach(async () => {
    await page.close();
    expect(faults).toEqual([]);
  });

  const type = (text: string) => typeAs(page, text);
  const column = (name: string) => page.locator('.columns section', { hasText: name });
  const order = (name: string) => textsIn(page, name);

  it('shows the popular order and that of the picked person side by side, and what moved', async () => {
    await type('new');
    await expect.poll(() => order('By popularity')).toEqual(TEXTS);
    const own = await order('For reader');
    expect(own.slice(0, 2).sort()).toEqual(['news today', OWN].sort());
    const moved = column('For reader').locator('li', { hasText: 'news today' });
    expect(await moved.locator('.spoken').textContent()).toMatch(/^up \d places?$/);
    const added = column('For reader').locator('li', { hasText: OWN });
    expect(await added.locator('.spoken').textContent()).toBe('not among the popular ones');
    expect(await added.locator('.row-source').textContent()).toBe('history');
    expect(await page.locator('.columns b').count()).toBe(0);
    expect(await page.locator('.compared').textContent()).toMatch(
      /^Against the popular order: \d up, .*1 new.* candidates, ranked by .+\.$/,
    );
  });

  it('says why: sources, rules, each feature with its value and what it adds up to, and the time of each stage', async () => {
    await type('new');
    await column('For reader').locator('button', { hasText: 'news today' }).click();
    const reasons = page.locator('.reasons');
    await reasons.locator('h3', { hasText: 'Why news today' }).waitFor();
    expect(await reasons.locator('p').first().textContent()).toMatch(
      /^Found by prefix, history\. Passed .*personal-data/,
    );
    const rows = reasons.locator('.scroll').first().locator('tbody tr');
    const names = await rows.locator('th').allTextContents();
    expect(names).toEqual(expect.arrayContaining([expect.stringMatching(/^own/)]));
    const read = async (cells: string) =>
      (await reasons.locator('.scroll').first().locator(cells).allTextContents()).map(Number);
    const added = await read('tbody .adds .number');
    expect(added).toEqual([...added].sort((a, b) => Math.abs(b) - Math.abs(a)));
    const [bias = Number.NaN, score = Number.NaN] = await read('tfoot .number');
    const sum = added.reduce((total, each) => total + each, bias);
    expect(sum).toBeCloseTo(score, 1);
    expect(await page.locator('.stages dt').allTextContents()).toEqual([
      ...['generate', 'hydrate', 'rank', 'filter', 'select'],
    ]);
  });

  it('goes to the next person by the keyboard, of whom nothing may be known', async () => {
    await page.getByRole('radio', { name: /^reader/ }).focus();
    await page.keyboard.press('ArrowDown');
    expect(await page.getByRole('radio', { name: /^stranger/ }).isChecked()).toBe(true);
    await type('news');
    await page.locator('.compared', { hasText: 'the popular order' }).waitFor();
    expect(await order('For stranger')).toEqual(await order('By popularity'));
    expect(await page.locator('.reasons').textContent()).toContain('not ranked by a profile');
  });

  it('lists the people of one market alone', async () => {
    await page.getByRole('combobox', { name: 'Market of the people' }).selectOption('en-GB');
    await expect
      .poll(() => page.locator('.person:visible .person-name').allTextContents())
      .toEqual(['stranger']);
  });

  it('searches as the person, and the very next lists know of it', async () => {
    await type('ne');
    const before = (await order('For reader')).indexOf('newton laws');
    await type('newton laws');
    await page.keyboard.press('Enter');
    await page.locator('.person-note', { hasText: 'reader searched for newton laws' }).waitFor();
    await type('new');
    await expect
      .poll(async () => (await order('For reader')).indexOf('newton laws'))
      .toBeLessThan(before);
    expect((await order('By popularity'))[0]).toBe('new york');
  });

  it('goes back to the search box, which is what the page begins with', async () => {
    await page.getByRole('link', { name: 'Search box' }).click();
    await page.locator('.aa-Input').waitFor();
    expect(await page.locator('#people-view').isVisible()).toBe(false);
    await page.getByRole('link', { name: 'Personal order' }).click();
    await page.locator('.columns').waitFor();
    expect(await page.locator('#box-view').isVisible()).toBe(false);
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
