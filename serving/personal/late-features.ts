import { FEATURES } from '../../ranking/features/feature-list.ts';
import { mostFeatureBytes } from '../served/feature-rows.ts';
import type { Ranked } from './answer-memory.ts';
import type { PersonalPipeline } from './pipeline.ts';

/**
 * The features of the answer that a pipeline gave last: worked out when they are first asked for, which is once the answer is on its way, and by nobody where answers are not logged. From then
 * on they are what was written then.
 */
export class LateFeatures implements Ranked {
  readonly ranker: string;
  readonly width = FEATURES.length;
  readonly featureBytes: number;
  #pipeline: Pick<PersonalPipeline, 'answers' | 'writeShownFeatures'> | null;
  readonly #answer: number;
  #written: Buffer | null = null;

  constructor(pipeline: PersonalPipeline) {
    this.#pipeline = pipeline;
    this.#answer = pipeline.answers;
    this.ranker = pipeline.ranker.name;
    this.featureBytes = mostFeatureBytes(pipeline.shown, FEATURES.length);
  }

  writeFeatures(into: Buffer, begin: number): number {
    if (this.#written !== null) {
      into.set(this.#written, begin);
      return begin + this.#written.length;
    }
    if (this.#pipeline?.answers !== this.#answer) {
      throw new Error('expected to be asked for the features of an answer before the next one');
    }
    const end = this.#pipeline.writeShownFeatures(into, begin);
    this.#pipeline = null;
    this.#written = into.subarray(begin, end);
    return end;
  }
}
