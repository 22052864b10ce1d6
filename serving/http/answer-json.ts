import { bytesOfText, jsonOf, jsonOfNumber } from '../json-text.ts';
import type { AnswerExplanation, SuggestionExplanation } from '../personal/explanation.ts';
import type { EngineAnswer, Suggestion } from '../suggest-engine.ts';

/** What an answer says besides what the engine found. */
export interface AnswerFrame {
  readonly snapshot: string;
  /** What was typed, as parsed. */
  readonly text: string;
  readonly personalised: boolean;
  readonly degraded: readonly string[];
  /** With `explain`: the rules that every suggestion of this snapshot passed. */
  readonly explainedRules: readonly string[] | null;
  /** With `explain`: how a personal answer was ranked. */
  readonly explanation?: AnswerExplanation | null;
}

/**
 * The bytes of an answer's JSON, a code unit each (`bytesOfText`), from the comma after its request id to the end, written by hand: a serialiser that is driven by
 * a schema or by reflection costs more than the lookup itself. `completeAnswer` puts the request id in front of it.
 */
export function writeAnswerTail(answer: EngineAnswer, frame: AnswerFrame): string {
  const { market, normalised, suggestions } = answer;
  const { snapshot, text, personalised, degraded, explainedRules, explanation } = frame;
  let list = '';
  for (let i = 0; i < suggestions.length; i++) {
    const suggestion = suggestions[i]!;
    if (i > 0) list += ',';
    list +=
      explainedRules === null
        ? suggestionOf(suggestion)
        : explainedOf(suggestion, explainedRules, explanation?.suggestions[i] ?? null);
  }
  const what = `,"snapshot":${jsonOf(snapshot)},"market":${jsonOf(market)},"personalised":${personalised}`;
  const query = `{"text":${jsonOf(text)},"normalised":${jsonOf(normalised)}}`;
  const end = explanation == null ? '' : `,"explain":${explanationOf(explanation)}`;
  return bytesOfText(
    `${what},"degraded":${listOf(degraded)},"query":${query},"suggestions":[${list}]${end}}`,
  );
}

function suggestionOf(suggestion: Suggestion): string {
  const { id, source, score, written } = suggestion;
  // What is shown as an entry of somebody's own is not what was written down for others.
  if (written === undefined || written.id !== id || written.source !== source) {
    return beforeScore(suggestion) + jsonOfNumber(score) + afterScore(suggestion);
  }
  if (written.before === '') {
    written.before = beforeScore(suggestion);
    written.after = afterScore(suggestion);
  }
  return written.before + jsonOfNumber(score) + written.after;
}

function beforeScore({ id, text, kind, source }: Suggestion): string {
  return `{"id":${jsonOf(id)},"text":${jsonOf(text)},"kind":"${kind}","source":"${source}","score":`;
}

function afterScore({ matches }: Suggestion): string {
  let spans = '';
  for (let i = 0; i < matches.length; i++) {
    const { start, end } = matches[i]!;
    spans += `${i > 0 ? ',' : ''}{"start":${start},"end":${end}}`;
  }
  return `,"matches":[${spans}]}`;
}

function explainedOf(
  suggestion: Suggestion,
  rules: readonly string[],
  explained: SuggestionExplanation | null,
): string {
  const generator = jsonOf(suggestion.evidence ?? suggestion.source);
  const how =
    explained === null
      ? `"features":{"score":${jsonOfNumber(suggestion.score)}}`
      : `"sources":${listOf(explained.sources)},"rankScore":${jsonOfNumber(explained.score)},` +
        `"features":${numbersOf(explained.features)},"contributions":${numbersOf(explained.contributions)}`;
  const passed = listOf(rulesPassed(suggestion, rules));
  const explain = `,"explain":{"generator":${generator},${how},"rules":${passed}}}`;
  return suggestionOf(suggestion).slice(0, -1) + explain;
}

/** Somebody's own search needs no others who searched it, and a phrase of videos passed a threshold of creators. */
function rulesPassed({ kind, source }: Suggestion, rules: readonly string[]): readonly string[] {
  if (source !== 'history' && kind === 'query') return rules;
  return rules.filter((rule) => !rule.startsWith('min-users:'));
}

function explanationOf({ ranker, bias, candidates, stages }: AnswerExplanation): string {
  const judge = `"ranker":${jsonOf(ranker)},"bias":${jsonOfNumber(bias)}`;
  return `{${judge},"candidates":${candidates},"stageMicroseconds":${numbersOf(stages)}}`;
}

function numbersOf(values: Readonly<Record<string, number>>): string {
  const pairs = Object.entries(values).map(
    ([name, each]) => `${jsonOf(name)}:${jsonOfNumber(each)}`,
  );
  return `{${pairs.join(',')}}`;
}

function listOf(texts: readonly string[]): string {
  return `[${texts.map(jsonOf).join(',')}]`;
}

/** The bytes of a whole answer, a code unit each, for a request id in ASCII that needs no escaping. */
export function completeAnswer(requestId: string, tail: string): string {
  return `{"requestId":"${requestId}"${tail}`;
}
