import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** Which process, even after its id went to another: its id and a token of when it started. */
export interface ProcessMark {
  readonly pid: number;
  /** 8 hexadecimal digits, or `UNKNOWN_START` where the system does not tell. */
  readonly start: string;
}

export const UNKNOWN_START = '0';

/** The mark of this process. */
export function ownMark(): ProcessMark {
  return { pid: process.pid, start: lookUp(process.pid).start };
}

/** Whether the marked process still runs; another process under its id, or a dead child not yet reaped, is not it. */
export function isAlive(mark: ProcessMark): boolean {
  try {
    process.kill(mark.pid, 0);
  } catch (error) {
    // EPERM: there is such a process, of another user.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  const { start, ended } = lookUp(mark.pid);
  if (ended) return false;
  return start === mark.start || start === UNKNOWN_START || mark.start === UNKNOWN_START;
}

/** Reads /proc/PID/stat (proc(5)): state is field 3, start time in clock ticks since boot is field 22. */
function lookUp(pid: number): { readonly start: string; readonly ended: boolean } {
  const stat = readOrEmpty(`/proc/${pid}/stat`);
  // The command's name, field 2, may hold spaces and parentheses: count fields from the last parenthesis.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticks = fields[19];
  if (stat === '' || ticks === undefined) return { start: UNKNOWN_START, ended: false };
  const boot = readOrEmpty('/proc/sys/kernel/random/boot_id');
  const start = createHash('sha256').update(`${boot}:${ticks}`).digest('hex').slice(0, 8);
  return { start, ended: fields[0] === 'Z' || fields[0] === 'X' };
}

/** Systems other than Linux have no /proc; there the id alone decides. */
function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}
