/** Runs work one after the other. */
export class Turns {
  #queue: Promise<unknown> = Promise.resolve();
  #isBusy = false;

  /** Whether work is being done now. */
  get isBusy(): boolean {
    return this.#isBusy;
  }

  /** Does the work when all that was asked before is done; resolves and rejects as the work does. */
  run<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#queue.then(async () => {
      this.#isBusy = true;
      try {
        return await work();
      } finally {
        this.#isBusy = false;
      }
    });
    this.#queue = done.catch(() => {});
    return done;
  }
}
