import type { RecordParser } from './delimited-records.ts';
import type { RecordSink } from './record-sink.ts';
import type { TextBlock } from './text-lines.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

/** Newline-delimited JSON: an object a line, lines of only white space skipped. */
export class JsonRecords implements RecordParser {
  readonly #sink: RecordSink<JsonObject>;

  constructor(sink: RecordSink<JsonObject>) {
    this.#sink = sink;
  }

  push(block: TextBlock): void {
    const invalid = new Set(block.invalidLines);
    const { text } = block;
    for (let start = 0, line = block.firstLine; start < text.length; line++) {
      const newline = text.indexOf('\n', start);
      const end = newline < 0 ? text.length : newline;
      const content = text.slice(start, end);
      start = end + 1;
      if (content.trim().length === 0) continue;
      if (invalid.has(line)) {
        this.#sink.malformed(line, 'invalid UTF-8');
        continue;
      }
      const value = parse(content);
      if (isObject(value)) this.#sink.record(value, line);
      else this.#sink.malformed(line, value === undefined ? 'not JSON' : 'not a JSON object');
    }
  }

  finish(): void {}
}

function parse(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
