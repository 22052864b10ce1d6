import type { CommandIo } from '../../../indexer/command-line.ts';

export interface CommandRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command in this process and collects what it prints. */
export async function runCommand(
  run: (args: readonly string[], io: CommandIo) => Promise<number>,
  args: readonly string[],
): Promise<CommandRun> {
  const printed = { stdout: '', stderr: '' };
  const sink = (stream: 'stdout' | 'stderr') => ({
    write(text: string) {
      printed[stream] += text;
    },
  });
  const io = { stdout: sink('stdout'), stderr: sink('stderr'), env: {}, isTerminal: false };
  return { code: await run(args, io), ...printed };
}
