import type { Browser, Page } from 'playwright-core';
import { bundlePage } from '../../.ci/page-bundle.mjs';
import type { EventIntake } from '../../serving/events/event-intake.ts';
import { openEventStore } from '../../serving/events/event-store.ts';
import { type Service, startService } from '../../serving/service.ts';
import { IndexDirectory } from '../../serving/snapshot/index-directory.ts';
import { readPageFiles, type StaticFile, withPageKey } from '../../serving/web/static-files.ts';
import { launchBrowser } from './browser.ts';
import { makeFolder, publishTexts } from './index-fixture.ts';

export interface ServedPageOptions {
  /** Completions, the best first. */
  readonly texts: readonly string[];
  /** Distinct users that what is live needs to be shown to all; 1 when absent. */
  readonly minUsers?: number;
  /** Adds what this page shows to the page's files. */
  readonly extend: (files: readonly StaticFile[]) => StaticFile[];
}

/** A tab of the browser with the page in it. */
export interface Visit {
  readonly page: Page;
  /** Errors of scripts and of the console, which also tells of refused scripts and failed requests; requests to elsewhere. A test that brings one about takes it out. */
  readonly faults: string[];
}

/** A server with the page at `/`, and a browser to look at it with. */
export class ServedPage {
  readonly events: EventIntake;
  readonly #service: Service;
  readonly #browser: Browser;
  readonly #cleanups: readonly (() => Promise<void>)[];

  private constructor(
    events: EventIntake,
    service: Service,
    browser: Browser,
    cleanups: readonly (() => Promise<void>)[],
  ) {
    this.events = events;
    this.#service = service;
    this.#browser = browser;
    this.#cleanups = cleanups;
  }

  static async start({ texts, minUsers, extend }: ServedPageOptions): Promise<ServedPage> {
    const [index, bundle, data] = [await makeFolder(), await makeFolder(), await makeFolder()];
    await Promise.all([publishTexts(index.folder, texts, minUsers), bundlePage(bundle.folder)]);
    const events = await openEventStore({ dataDir: data.folder, report: () => {} });
    const service = await startService({
      source: new IndexDirectory(index.folder),
      host: '127.0.0.1',
      port: 0,
      pollMs: 3_600_000,
      version: '0',
      pageKey: 'page-key',
      pageFiles: extend(withPageKey(readPageFiles(bundle.folder), 'page-key')),
      events,
      log: () => {},
    });
    return new ServedPage(events, service, await launchBrowser(), [
      () => events.close(),
      index.remove,
      bundle.remove,
      data.remove,
    ]);
  }

  get address(): string {
    return this.#service.address;
  }

  /** Opens the page in a tab of its own; `hash` is what stands behind its address. */
  async visit(hash = ''): Promise<Visit> {
    const page = await this.#browser.newPage();
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') faults.push(message.text());
    });
    page.on('request', (request) => {
      if (!request.url().startsWith(this.address)) faults.push(`asked ${request.url()}`);
    });
    await page.goto(`${this.address}/${hash}`);
    return { page, faults };
  }

  async stop(): Promise<void> {
    await this.#browser.close();
    await this.#service.stop();
    for (const cleanup of this.#cleanups) await cleanup();
  }
}
