import { jsonOf } from './json-text.ts';
import type { Suggestion } from './suggest-engine.ts';

/*
 * The JSON of a suggestion in two parts with the score between them, so that what is shown again with another score need not be written again.
 */

/** Up to the score. */
export function beforeScore(
  suggestion: Pick<Suggestion, 'id' | 'text' | 'kind' | 'source'>,
): string {
  const { id, text, kind, source } = suggestion;
  return `{"id":${jsonOf(id)},"text":${jsonOf(text)},"kind":"${kind}","source":"${source}","score":`;
}

/** From the score on. */
export function afterScore({ matches }: Pick<Suggestion, 'matches'>): string {
  let spans = '';
  for (let i = 0; i < matches.length; i++) {
    const { start, end } = matches[i]!;
    spans += `${i > 0 ? ',' : ''}{"start":${start},"end":${end}}`;
  }
  return `,"matches":[${spans}]}`;
}
