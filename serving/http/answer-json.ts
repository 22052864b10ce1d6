import type { AnswerExplanation, SuggestionExplanation } from '../personal/explanation.ts';
import type { EngineAnswer, Suggestion } from '../suggest-engine.ts';
import { JsonBytes } from './json-bytes.ts';

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

/** Writing is synchronous, so one writer serves all requests. */
const shared = new JsonBytes();

/**
 * The bytes of an answer's JSON, a code unit each (see `JsonBytes.take`), from the comma after its request id to the end, written by hand: a serialiser that is driven by
 * a schema or by reflection costs more than the lookup itself. `completeAnswer` puts the request id in front of it.
 */
export function writeAnswerTail(answer: EngineAnswer, frame: AnswerFrame): string {
  const { suggestions } = answer;
  // A failure in an earlier answer may have left its beginning behind.
  shared
    .clear()
    .ascii(',"snapshot":')
    .string(frame.snapshot)
    .ascii(',"market":')
    .string(answer.market);
  shared.ascii(frame.personalised ? ',"personalised":true' : ',"personalised":false');
  writeStrings(',"degraded":[', frame.degraded);
  shared.ascii(',"query":{"text":').string(frame.text);
  shared.ascii(',"normalised":').string(answer.normalised).ascii('},"suggestions":[');
  for (let i = 0; i < suggestions.length; i++) {
    if (i > 0) shared.ascii(',');
    const explained = frame.explanation?.suggestions[i] ?? null;
    writeSuggestion(suggestions[i]!, frame.explainedRules, explained);
  }
  shared.ascii(']');
  if (frame.explanation != null) writeExplanation(frame.explanation);
  return shared.ascii('}').take();
}

function writeSuggestion(
  suggestion: Suggestion,
  rules: readonly string[] | null,
  explained: SuggestionExplanation | null,
): void {
  const { matches } = suggestion;
  shared.ascii('{"id":').string(suggestion.id).ascii(',"text":').string(suggestion.text);
  shared.ascii(',"kind":').string(suggestion.kind).ascii(',"source":').string(suggestion.source);
  shared.ascii(',"score":').number(suggestion.score).ascii(',"matches":[');
  for (let i = 0; i < matches.length; i++) {
    const { start, end } = matches[i]!;
    shared.ascii(i > 0 ? ',{"start":' : '{"start":').number(start);
    shared.ascii(',"end":').number(end).ascii('}');
  }
  shared.ascii(']');
  if (rules !== null) {
    shared.ascii(',"explain":{"generator":');
    shared.string(suggestion.evidence ?? suggestion.source);
    if (explained === null) {
      shared.ascii(',"features":{"score":').number(suggestion.score).ascii('}');
    } else {
      writeStrings(',"sources":[', explained.sources);
      shared.ascii(',"rankScore":').number(explained.score);
      writeNumbers(',"features":{', explained.features);
      writeNumbers(',"contributions":{', explained.contributions);
    }
    writeStrings(',"rules":[', rules);
    shared.ascii('}');
  }
  shared.ascii('}');
}

function writeExplanation({ ranker, bias, candidates, stages }: AnswerExplanation): void {
  shared.ascii(',"explain":{"ranker":').string(ranker).ascii(',"bias":').number(bias);
  shared.ascii(',"candidates":').number(candidates);
  writeNumbers(',"stageMicroseconds":{', stages);
  shared.ascii('}');
}

function writeNumbers(opening: string, values: Readonly<Record<string, number>>): void {
  shared.ascii(opening);
  Object.entries(values).forEach(([name, value], i) => {
    shared
      .ascii(i > 0 ? ',' : '')
      .string(name)
      .ascii(':')
      .number(value);
  });
  shared.ascii('}');
}

function writeStrings(opening: string, texts: readonly string[]): void {
  shared.ascii(opening);
  for (let i = 0; i < texts.length; i++) {
    if (i > 0) shared.ascii(',');
    shared.string(texts[i]!);
  }
  shared.ascii(']');
}

/** The bytes of a whole answer, a code unit each, for a request id in ASCII that needs no escaping. */
export function completeAnswer(requestId: string, tail: string): string {
  return `{"requestId":"${requestId}"${tail}`;
}
