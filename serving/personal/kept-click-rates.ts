import path from 'node:path';
import { Checkpoint, type CheckpointOptions } from '../events/checkpoint.ts';
import type { PersonalStore, UserTraces } from '../events/personal-store.ts';
import type { ServedStore } from '../served/served-store.ts';
import { type ClickRates, REMEMBERED_REQUESTS } from './click-rates.ts';

export interface KeptClickRatesOptions extends Pick<CheckpointOptions, 'log' | 'report'> {
  readonly clicks: ClickRates;
  readonly dataDir: string;
}

/** Click rates that outlive the process, in `checkpoints/` of the data folder. */
export class KeptClickRates implements PersonalStore {
  readonly name: string;
  readonly #clicks: ClickRates;
  readonly #checkpoint: Checkpoint;
  readonly #report: (line: string) => void;

  private constructor({ clicks, report }: KeptClickRatesOptions, checkpoint: Checkpoint) {
    this.name = clicks.name;
    this.#clicks = clicks;
    this.#checkpoint = checkpoint;
    this.#report = report;
  }

  /** Reads what was kept. To be called before erasures go on, which have to find it, and before events come. */
  static async open(options: KeptClickRatesOptions): Promise<KeptClickRates> {
    const { clicks, dataDir, log, report } = options;
    const folder = path.join(dataDir, 'checkpoints');
    const checkpoint = await Checkpoint.open({ folder, log, report, state: clicks });
    return new KeptClickRates(options, checkpoint);
  }

  /** Remembers what was typed for the requests of a log of served lists: their events are still to be read, or to come. Never rejects. */
  async noteServed(served: Pick<ServedStore, 'latest'>): Promise<void> {
    try {
      for await (const { requestId, typed } of served.latest(REMEMBERED_REQUESTS)) {
        if (typed !== null) this.#clicks.noteRequest(requestId, typed);
      }
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      this.#report(`clicks on lists from before the start count after no typed text: ${why}`);
    }
  }

  forgetUser(): number {
    return this.#clicks.forgetUser();
  }

  forgetTraces(traces: Pick<UserTraces, 'suggestionIds' | 'requestIds'>): number {
    return this.#clicks.forgetTraces(traces);
  }

  persist(): Promise<void> {
    return this.#checkpoint.persist();
  }

  close(): Promise<void> {
    return this.#checkpoint.close();
  }
}
