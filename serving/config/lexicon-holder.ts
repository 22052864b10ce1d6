import { LexiconError } from '../../dictionaries/lexicon/lexicon-error.ts';
import { LexiconSet } from '../../dictionaries/lexicon/lexicon-set.ts';
import { type Repeat, RepeatedLook } from '../snapshot/repeated-look.ts';
import { ConfigError } from './config-file.ts';

/** Where synonyms and stop words come from: files in production, a script in tests. */
export interface LexiconSource {
  /** Differs when anything that is read has changed; never throws. */
  readStamp(): Promise<string>;
  /** Reads all of it. Throws when anything about it is wrong. */
  read(): Promise<LexiconSet>;
}

export type LexiconOutcome = 'unchanged' | 'swapped' | 'refused';

/**
 * Holds the synonyms and stop words that are in force beside the snapshot's, and replaces them, in one assignment, when their files change.
 * A version with anything wrong in it is refused: the one before stays in force.
 */
export class LexiconHolder {
  #current: LexiconSet = LexiconSet.EMPTY;
  #version = 0;
  /** Of what was read last, refused or not; `null` when it must be read again whatever the stamp. */
  #stamp: string | null = null;
  #refused: string | null = null;
  readonly #looks = new RepeatedLook<LexiconOutcome>(() => this.#look());
  readonly #source: LexiconSource;
  readonly #log: (line: string) => void;

  /** @param log told of every change and every refusal, the same refusal once */
  constructor(source: LexiconSource, log: (line: string) => void) {
    this.#source = source;
    this.#log = log;
  }

  /** What is in force now. */
  get current(): LexiconSet {
    return this.#current;
  }

  /** Rises by one with each change of `current`. */
  get version(): number {
    return this.#version;
  }

  /** Reads everything; unlike `refresh`, throws when anything is wrong. */
  async load(): Promise<void> {
    const stamp = await this.#source.readStamp();
    this.#swap(await this.#source.read(), stamp);
  }

  /**
   * Looks whether anything changed and, if so, reads it again; `always` reads it in any case. Calls that overlap share one look. Never
   * throws.
   */
  refresh({ always = false }: { readonly always?: boolean } = {}): Promise<LexiconOutcome> {
    if (always) this.#stamp = null;
    return this.#looks.take();
  }

  /** Refreshes every `intervalMs` until `stopPolling`; does not keep the process alive. */
  startPolling(intervalMs: number, repeat?: Repeat): void {
    this.#looks.start(intervalMs, repeat);
  }

  stopPolling(): void {
    this.#looks.stop();
  }

  async #look(): Promise<LexiconOutcome> {
    try {
      // Before reading: what changes meanwhile is then read again at the next look.
      const stamp = await this.#source.readStamp();
      if (stamp === this.#stamp) return this.#refused === null ? 'unchanged' : 'refused';
      this.#stamp = stamp;
      this.#swap(await this.#source.read(), stamp);
      return 'swapped';
    } catch (error) {
      this.#refuse(error);
      return 'refused';
    }
  }

  #swap(lexicon: LexiconSet, stamp: string): void {
    this.#stamp = stamp;
    this.#refused = null;
    this.#version++;
    this.#current = lexicon;
    const { ruleCount: rules, stopWordCount: words } = lexicon;
    this.#log(`in force beside those of the snapshot: synonym rules ${rules}, stop words ${words}`);
  }

  #refuse(error: unknown): void {
    // What was read would be read the same again; what could not be read may be readable at the next look.
    if (!(error instanceof LexiconError || error instanceof ConfigError)) this.#stamp = null;
    const message = error instanceof Error ? error.message : String(error);
    if (message !== this.#refused) {
      this.#log(`refused synonyms and stop words, those before stay in force:\n${message}`);
    }
    this.#refused = message;
  }
}
