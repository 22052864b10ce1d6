import { cpus, loadavg, totalmem } from 'node:os';

/** Processes that want a core, over the last minute, above which times are not to be trusted. */
const BUSY_LOAD = 1;

/** What a benchmark runs on. */
export interface Machine {
  readonly node: string;
  readonly cpu: string;
  readonly cores: number;
  /** A line to print. */
  readonly text: string;
  /** A line to print beside times when something else runs, too; else null. */
  readonly busy: string | null;
}

export function describeMachine(): Machine {
  const cpu = cpus()[0]?.model.trim() ?? 'unknown';
  const cores = cpus().length;
  const gibibytes = (totalmem() / 2 ** 30).toFixed(0);
  const text = `Node ${process.version}, ${cpu}, ${cores} cores, ${gibibytes} GiB`;
  const [load = 0] = loadavg();
  const busy =
    load > BUSY_LOAD
      ? `THE MACHINE IS BUSY: ${load.toFixed(1)} processes want ${cores} cores; times mean little.`
      : null;
  return { node: process.version, cpu, cores, text, busy };
}
