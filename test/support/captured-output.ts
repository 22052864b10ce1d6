/** A command's surroundings that keep what it writes. */
export interface CapturedOutput {
  readonly stdout: { write(text: string): void };
  readonly stderr: { write(text: string): void };
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly isTerminal: boolean;
  readonly out: () => string;
  readonly err: () => string;
}

export function captureOutput({ isTerminal = false } = {}): CapturedOutput {
  let out = '';
  let err = '';
  return {
    stdout: {
      write(text) {
        out += text;
      },
    },
    stderr: {
      write(text) {
        err += text;
      },
    },
    env: {},
    isTerminal,
    out: () => out,
    err: () => err,
  };
}
