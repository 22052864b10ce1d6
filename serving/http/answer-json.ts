import { bytesOfJson, bytesOfText, inOnePiece, jsonOf, jsonOfNumber } from '../json-text.ts';
import type { AnswerExplanation, SuggestionExplanation } from '../personal/explanation.ts';
import type { EngineAnswer, Suggestion } from '../suggest-engine.ts';
import { afterScore, beforeScore } from '../suggestion-json.ts';

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

/** An answer whose suggestions are written down. */
export interface ListedAnswer extends Pick<EngineAnswer, 'market' | 'normalised'> {
  /** Their JSON with commas between them, a code unit a byte. */
  readonly list: string;
}

/**
 * The bytes of an answer's JSON, a code unit each (`bytesOfText`), from the comma after its request id to the end, written by hand: a serialiser that is driven by
 * a schema or by reflection costs more than the lookup itself. `completeAnswer` puts the request id in front of it.
 */
export function writeAnswerTail(answer: EngineAnswer, frame: AnswerFrame): string {
  const { suggestions } = answer;
  const { explainedRules, explanation } = frame;
  let list = '';
  for (let i = 0; i < suggestions.length; i++) {
    const suggestion = suggestions[i]!;
    if (i > 0) list += ',';
    list +=
      explainedRules === null
        ? suggestionOf(suggestion)
        : explainedOf(suggestion, explainedRules, explanation?.suggestions[i] ?? null);
  }
  const end = explanation == null ? '' : `,"explain":${explanationOf(explanation)}`;
  return bytesOfText(`${headOf(answer, frame, jsonOf)}[${list}]${end}}`);
}

/** The same of suggestions that are written down, which are not explained. */
export function writeListedTail(answer: ListedAnswer, frame: AnswerFrame): string {
  return inOnePiece(`${headOf(answer, frame, bytesOfJson)}[${answer.list}]}`);
}

/** Up to the suggestions. */
function headOf(
  { market, normalised }: Pick<EngineAnswer, 'market' | 'normalised'>,
  { snapshot, text, personalised, degraded }: AnswerFrame,
  json: (text: string) => string,
): string {
  const where = `,"snapshot":${json(snapshot)},"market":${json(market)}`;
  const how = `,"personalised":${personalised},"degraded":${listOf(degraded)}`;
  const query = `{"text":${json(text)},"normalised":${json(normalised)}}`;
  return `${where}${how},"query":${query},"suggestions":`;
}

function suggestionOf(suggestion: Suggestion): string {
  return beforeScore(suggestion) + jsonOfNumber(suggestion.score) + afterScore(suggestion);
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
  if (texts.length === 0) return '[]';
  return `[${texts.map(jsonOf).join(',')}]`;
}

/** The bytes of a whole answer, a code unit each, for a request id in ASCII that needs no escaping. */
export function completeAnswer(requestId: string, tail: string): string {
  return `{"requestId":"${requestId}"${tail}`;
}
