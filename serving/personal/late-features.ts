import { FEATURES } from '../../ranking/features/feature-list.ts';
import type { Ranked } from './answer-memory.ts';
import type { PersonalPipeline } from './pipeline.ts';

/** The features of the answer that a pipeline gave last: worked out when they are first asked for, which is once the answer is on its way, and by nobody where answers are not logged. */
export class LateFeatures implements Ranked {
  readonly ranker: string;
  readonly featureBytes: number;
  #pipeline: Pick<PersonalPipeline, 'answers' | 'shownFeatures'> | null;
  readonly #answer: number;
  #features: Float32Array | null = null;

  constructor(pipeline: PersonalPipeline) {
    this.#pipeline = pipeline;
    this.#answer = pipeline.answers;
    this.ranker = pipeline.ranker.name;
    this.featureBytes = pipeline.shown * FEATURES.length * Float32Array.BYTES_PER_ELEMENT;
  }

  features(): Float32Array {
    if (this.#features !== null) return this.#features;
    if (this.#pipeline?.answers !== this.#answer) {
      throw new Error('expected to be asked for the features of an answer before the next one');
    }
    this.#features = this.#pipeline.shownFeatures();
    this.#pipeline = null;
    return this.#features;
  }
}
