import type { Page } from 'playwright-core';
import { withPeople } from '../../../serving/web/static-files.ts';
import { ServedPage } from '../../support/served-page.ts';

export const TEXTS = [
  'new york',
  'new york pizza',
  'newton laws',
  'news today',
  'best of new york',
];
/** What one person alone searched; it is not markup. */
export const OWN = 'newspapers of <b>tilburg</b>';
const DAY_MS = 86_400_000;

const person = (user: string, market: string, often: readonly string[]) => ({
  ...{ user, market, searches: 30, watched: 3, often, lately: often },
});
const PEOPLE = {
  urlPath: '/assets/people.json',
  contentType: 'application/json; charset=utf-8',
  bytes: Buffer.from(
    JSON.stringify({
      people: [person('reader', 'en-US', [OWN, 'news today']), person('stranger', 'en-GB', [])],
    }),
  ),
};

/** A page over `TEXTS` with two people, of whom `reader` searched; the view of them is at `#people`. */
export async function servePeople(): Promise<ServedPage> {
  const served = await ServedPage.start({
    texts: TEXTS,
    minUsers: 2,
    extend: (files) => withPeople(files, PEOPLE),
  });
  const searches = [OWN, 'news today', OWN, 'news today', 'news today'].map((query, i) => ({
    ...{ type: 'search', eventId: `e${i}`, at: Date.now() - (6 - i) * DAY_MS },
    ...{ user: 'reader', query },
  }));
  await served.events.accept(searches, 1_000);
  return served;
}

/** Types a text as the person, and waits until the lists for it are there. */
export async function typeAs(page: Page, text: string): Promise<void> {
  const answered = page.waitForResponse((response) => {
    const { searchParams } = new URL(response.url());
    return searchParams.get('q') === text && searchParams.get('personalise') === null;
  });
  await page.getByRole('searchbox', { name: 'Type as this person' }).fill(text);
  await answered;
  await page.locator('.row mark').first().waitFor();
}

/** The texts of one of the two lists. */
export function textsIn(page: Page, name: string): Promise<string[]> {
  return page.locator('.columns section', { hasText: name }).locator('.row-text').allTextContents();
}
