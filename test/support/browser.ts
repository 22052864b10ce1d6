import { accessSync, constants } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const CANDIDATES = [
  process.env.FORETYPE_CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
];

/** The browser's program, or `null` where the machine has none: browser tests are then left out, and say so. */
export const BROWSER_PATH = findBrowser();

function findBrowser(): string | null {
  for (const path of CANDIDATES) {
    if (!path) continue;
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // The next one, then.
    }
  }
  return null;
}

/** Starts the browser without a window, and without its own traffic. */
export function launchBrowser(): Promise<Browser> {
  if (BROWSER_PATH === null) throw new Error('expected a browser; BROWSER_PATH is null');
  return chromium.launch({
    executablePath: BROWSER_PATH,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
