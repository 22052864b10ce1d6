import { loadNamedSet, NamedSetUnavailable } from '../texts/named-set.ts';
import { writeTexts } from '../texts/scored-text.ts';

export interface SetTask {
  readonly folder: string;
  readonly count: number;
  readonly path: string;
}

export type SetResult =
  | { readonly kind: 'written' }
  | { readonly kind: 'unavailable'; readonly reason: string };

/** The named set, written to a file from which the other phases read it; apart, for it holds 200 MB of JSON for a while. */
export async function prepareNamedSet(task: SetTask): Promise<SetResult> {
  try {
    await writeTexts(task.path, loadNamedSet(task.folder, task.count));
    return { kind: 'written' };
  } catch (error) {
    if (error instanceof NamedSetUnavailable) return { kind: 'unavailable', reason: error.message };
    throw error;
  }
}
