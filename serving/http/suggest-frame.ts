import type { LoadedSnapshot } from '../snapshot/snapshot-source.ts';
import type { AnswerFrame } from './answer-json.ts';
import type { SuggestRequest } from './suggest-request.ts';

export const NOTHING_DEGRADED: readonly string[] = [];
const CONTEXT_DEGRADED: readonly string[] = ['context'];
const PROFILE_DEGRADED: readonly string[] = ['profile'];
const CORRECTIONS_DEGRADED: readonly string[] = ['corrections'];

/** What an answer that was cut short lacks. */
export function cutOf({ isCut }: { readonly isCut: boolean }): readonly string[] {
  return isCut ? CORRECTIONS_DEGRADED : NOTHING_DEGRADED;
}

/** A request for suggestions, as far as its answer tells of it. */
interface Framed {
  readonly snapshot: Pick<LoadedSnapshot, 'name'>;
  readonly asked: Pick<SuggestRequest, 'text' | 'context'>;
  /** Whether the profile of who asks was not to be had. */
  readonly isDegraded: boolean;
}

/** What is written down of an answer beside its suggestions, without explanations. @param lacking what the suggestions themselves lack */
export function frameOf(
  { snapshot, asked, isDegraded }: Framed,
  personalised: boolean,
  lacking: readonly string[],
): AnswerFrame {
  const { text, context } = asked;
  const isWhole = context.length === 0 && !isDegraded;
  const degraded = isWhole
    ? lacking
    : [
        ...(context.length > 0 ? CONTEXT_DEGRADED : NOTHING_DEGRADED),
        ...(isDegraded ? PROFILE_DEGRADED : NOTHING_DEGRADED),
        ...lacking,
      ];
  return { snapshot: snapshot.name, text, personalised, degraded, explainedRules: null };
}
