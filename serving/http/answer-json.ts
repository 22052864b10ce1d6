import type { EngineAnswer, Suggestion } from '../suggest-engine.ts';

/** Characters that JSON must escape, and surrogates, of which `JSON.stringify` escapes the unpaired ones. */
const NEEDS_CARE = /["\\\u0000-\u001f\ud800-\udfff]/;

/** What an answer says besides what the engine found. */
export interface AnswerFrame {
  readonly snapshot: string;
  /** What was typed, as parsed. */
  readonly text: string;
  readonly personalised: boolean;
  readonly degraded: readonly string[];
  /** With `explain`: the rules that every suggestion of this snapshot passed. */
  readonly explainedRules: readonly string[] | null;
}

/**
 * The bytes of an answer's JSON from the comma after its request id to the end, assembled by hand: a serialiser that is driven by a
 * schema or by reflection costs more than the lookup itself. `completeAnswer` puts the request id in front of it.
 */
export function writeAnswerTail(answer: EngineAnswer, frame: AnswerFrame): Buffer {
  let json = `,"snapshot":${writeString(frame.snapshot)},"market":${writeString(answer.market)}`;
  json += `,"personalised":${frame.personalised},"degraded":${JSON.stringify(frame.degraded)}`;
  json += `,"query":{"text":${writeString(frame.text)},"normalised":${writeString(answer.normalised)}}`;
  json += ',"suggestions":[';
  const { suggestions } = answer;
  for (let i = 0; i < suggestions.length; i++) {
    if (i > 0) json += ',';
    json += writeSuggestion(suggestions[i]!, frame.explainedRules);
  }
  return Buffer.from(`${json}]}`);
}

const OPENING = '{"requestId":"';

/**
 * The bytes of a whole answer, for a request id in ASCII that needs no escaping. One short copy: a string that was put together of
 * many pieces would be put together again every time that it is sent.
 */
export function completeAnswer(requestId: string, tail: Buffer): Buffer {
  const head = `${OPENING}${requestId}"`;
  const body = Buffer.allocUnsafe(head.length + tail.length);
  body.write(head, 'latin1');
  body.set(tail, head.length);
  return body;
}

function writeSuggestion(suggestion: Suggestion, rules: readonly string[] | null): string {
  let json = `{"id":${writeString(suggestion.id)},"text":${writeString(suggestion.text)}`;
  json += `,"kind":"${suggestion.kind}","source":"${suggestion.source}","score":${suggestion.score}`;
  json += ',"matches":[';
  const { matches } = suggestion;
  for (let i = 0; i < matches.length; i++) {
    const { start, end } = matches[i]!;
    json += `${i > 0 ? ',' : ''}{"start":${start},"end":${end}}`;
  }
  json += ']';
  if (rules !== null) {
    json += `,"explain":{"generator":"${suggestion.source}"`;
    json += `,"features":{"score":${suggestion.score}},"rules":${JSON.stringify(rules)}}`;
  }
  return `${json}}`;
}

function writeString(text: string): string {
  return NEEDS_CARE.test(text) ? JSON.stringify(text) : `"${text}"`;
}
