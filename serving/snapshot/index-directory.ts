import { readCurrent } from '../../indexer/segment/current-pointer.ts';
import { SegmentError } from '../../indexer/segment/errors.ts';
import type { Manifest } from '../../indexer/segment/manifest.ts';
import { openSnapshotFiles } from '../../indexer/segment/snapshot-directory.ts';
import type { EngineSettings } from '../engine-settings.ts';
import { Engine } from '../retrieval/engine.ts';
import { EntityLinker, type EntityLinkerOptions } from '../surfaces/entities/entity-linker.ts';
import { RelatedSearches } from '../surfaces/related/related-searches.ts';
import type { LoadedSnapshot, SnapshotSource } from './snapshot-source.ts';

/** The snapshots of an index folder, every checksum of which is compared when it is opened. */
export class IndexDirectory implements SnapshotSource {
  readonly #path: string;
  readonly #settings: Partial<EngineSettings>;
  readonly #linking: EntityLinkerOptions;

  /**
   * @param settings of the engines over its snapshots; the defaults where they say nothing
   * @param linking how comments are linked, and where the words of videos come from
   */
  constructor(
    path: string,
    settings: Partial<EngineSettings> = {},
    linking: EntityLinkerOptions = {},
  ) {
    this.#path = path;
    this.#settings = settings;
    this.#linking = linking;
  }

  async readCurrent(): Promise<string | null> {
    try {
      return (await readCurrent(this.#path)).snapshot;
    } catch (error) {
      if (error instanceof SegmentError && error.code === 'no-snapshot') return null;
      throw error;
    }
  }

  async open(name: string): Promise<LoadedSnapshot> {
    const { manifest, segment } = await openSnapshotFiles(this.#path, name, { checksums: true });
    const engine = new Engine(segment, manifest, this.#settings);
    return {
      name,
      completions: manifest.completions,
      markets: manifest.markets.map(({ market }) => market),
      rules: rulesOf(manifest),
      engine,
      finder: engine,
      related: new RelatedSearches(segment, manifest, engine),
      content: { segment, manifest },
      entities: new EntityLinker(segment, manifest, this.#linking),
    };
  }
}

/** What the build made every completion pass, by name. */
function rulesOf({ minUsers, safety }: Manifest): string[] {
  return [`min-users:${minUsers}`, 'personal-data', ...(safety ? ['blocklist'] : [])];
}
