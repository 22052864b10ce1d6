import { measureBuild } from './build-phase.ts';
import { measureCorrections } from './correction-phase.ts';
import { measureGrowth } from './growth-phase.ts';
import { measureIndexGrowth } from './index-growth-phase.ts';
import { measureLibrary } from './library-phase.ts';
import { measureLookups } from './lookup-phase.ts';
import { prepareNamedSet } from './set-phase.ts';
import { measureOpen, publishTexts } from './snapshot-phase.ts';

/** What runs in a process of its own: memory and garbage of one do not disturb the other. */
export const PHASES = {
  set: prepareNamedSet,
  lookups: measureLookups,
  library: measureLibrary,
  build: measureBuild,
  publish: publishTexts,
  open: measureOpen,
  growth: measureGrowth,
  corrections: measureCorrections,
  indexGrowth: measureIndexGrowth,
} as const;

export type PhaseName = keyof typeof PHASES;
export type PhaseTask<Name extends PhaseName> = Parameters<(typeof PHASES)[Name]>[0];
export type PhaseResult<Name extends PhaseName> = Awaited<ReturnType<(typeof PHASES)[Name]>>;

/** A phase's process: takes one task from its parent, sends one result and ends. */
export function servePhase(): void {
  process.once('message', async (message) => {
    const { name, task } = message as { readonly name: PhaseName; readonly task: never };
    const result: unknown = await PHASES[name](task);
    process.send?.(result, () => {
      process.disconnect();
    });
  });
}
