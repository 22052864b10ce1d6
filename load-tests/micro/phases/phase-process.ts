import { fork } from 'node:child_process';
import type { PhaseName, PhaseResult, PhaseTask } from './phases.ts';

const HEAP_MB = 12_000;

/** The argument that makes this program serve one phase to the process that started it. */
export const PHASE_COMMAND = 'phase';

/** Runs a phase in a new process of this program and gives its result. Fails when the process does. */
export function runPhase<Name extends PhaseName>(
  name: Name,
  task: PhaseTask<Name>,
): Promise<PhaseResult<Name>> {
  return new Promise((resolve, reject) => {
    const child = fork(process.argv[1] ?? '', [PHASE_COMMAND], {
      execArgv: [`--max-old-space-size=${HEAP_MB}`, '--expose-gc'],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    let result: PhaseResult<Name> | undefined;
    child.on('message', (message) => {
      result = message as PhaseResult<Name>;
    });
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (result !== undefined && code === 0) resolve(result);
      else reject(new Error(`phase ${name}: expected a result, got exit ${code ?? signal}`));
    });
    child.send({ name, task });
  });
}
