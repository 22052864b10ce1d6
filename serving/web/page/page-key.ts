/** The key that the server made for this page, so that it may ask for explanations; `null` when it made none. */
export function readPageKey(page: Document): string | null {
  return page.querySelector<HTMLMetaElement>('meta[name="foretype-key"]')?.content || null;
}
