/** Of many problems in one file, so many are told. */
const MOST_TOLD = 20;
const LONGEST_QUOTE = 60;

export type LexiconErrorCode = 'malformed-file' | 'malformed-bytes';

/** Something wrong in a file of synonyms or stop words. */
export interface LexiconProblem {
  /** From 1. */
  readonly line: number;
  /** What was expected there and what came. */
  readonly message: string;
}

/** Why a lexicon cannot be read: a file that people wrote, or the bytes that `encodeLexicon` should have written. */
export class LexiconError extends Error {
  override readonly name = 'LexiconError';
  readonly code: LexiconErrorCode;
  /** All of a file's problems, by line; none for bytes. */
  readonly problems: readonly LexiconProblem[];

  constructor(code: LexiconErrorCode, message: string, problems: readonly LexiconProblem[] = []) {
    super(message);
    this.code = code;
    this.problems = problems;
  }
}

/** The problems of one file, gathered so that all of them can be mended at once. */
export class ProblemList {
  readonly #fileName: string;
  readonly #problems: LexiconProblem[] = [];

  constructor(fileName: string) {
    this.#fileName = fileName;
  }

  add(line: number, message: string): void {
    this.#problems.push({ line, message });
  }

  /** Throws a `malformed-file` error, a line a problem, when there is any. */
  throwIfAny(): void {
    const all = this.#problems;
    if (all.length === 0) return;
    const told = all
      .slice(0, MOST_TOLD)
      .map(({ line, message }) => `${this.#fileName}:${line}: ${message}`);
    if (all.length > MOST_TOLD) told.push(`${this.#fileName}: and ${all.length - MOST_TOLD} more`);
    throw new LexiconError('malformed-file', told.join('\n'), all);
  }
}

/** A text of a file as a message shows it, cut when it is long. */
export function quote(text: string): string {
  const shown = [...text.slice(0, 2 * LONGEST_QUOTE)];
  return shown.length <= LONGEST_QUOTE && shown.join('') === text
    ? `'${text}'`
    : `'${shown.slice(0, LONGEST_QUOTE - 1).join('')}…'`;
}
