import type { LoadedSnapshot, SnapshotSource } from '../../serving/snapshot/snapshot-source.ts';
import type { SuggestEngine, Suggestion } from '../../serving/suggest-engine.ts';

/** An engine over a list: what starts with the typed text, in the list's order. Counts how often it is asked. */
export class FakeEngine implements SuggestEngine {
  asked = 0;
  readonly #texts: readonly string[];

  constructor(texts: readonly string[]) {
    this.#texts = texts;
  }

  suggest(typed: string, { limit, market = 'und' }: { limit: number; market?: string }) {
    this.asked++;
    const normalised = typed.toLowerCase();
    const suggestions = this.#texts
      .filter((text) => text.toLowerCase().startsWith(normalised))
      .slice(0, limit)
      .map((text, place): Suggestion => {
        const matches = normalised === '' ? [] : [{ start: 0, end: normalised.length }];
        const score = 1 / (place + 1);
        return { id: `id-${text}`, text, kind: 'query', source: 'prefix', score, matches };
      });
    return { market, normalised, suggestions };
  }

  resolveMarket(requested: string | null): string {
    return requested ?? 'und';
  }
}

export function fakeSnapshot(name: string, texts: readonly string[]): LoadedSnapshot {
  return {
    name,
    completions: texts.length,
    markets: ['und'],
    rules: ['min-users:5', 'personal-data', 'blocklist'],
    engine: new FakeEngine(texts),
  };
}

/** Snapshots by name; `current` and the contents change as a test says. An `Error` as content is thrown at opening. */
export class FakeSource implements SnapshotSource {
  current: string | null | Error;
  opened: string[] = [];
  readonly snapshots: Map<string, readonly string[] | Error>;

  constructor(current: string | null, snapshots: Record<string, readonly string[] | Error>) {
    this.current = current;
    this.snapshots = new Map(Object.entries(snapshots));
  }

  async readCurrent(): Promise<string | null> {
    if (this.current instanceof Error) throw this.current;
    return this.current;
  }

  async open(name: string): Promise<LoadedSnapshot> {
    this.opened.push(name);
    const content = this.snapshots.get(name) ?? new Error(`no snapshot ${name}`);
    if (content instanceof Error) throw content;
    return fakeSnapshot(name, content);
  }
}
