import type { RecordSink } from './record-sink.ts';
import type { TextBlock } from './text-lines.ts';

/** A CSV record over this many characters (an unclosed quote swallows what follows) is taken as malformed. */
const LONGEST_RECORD_CHARS = 32 * 1024 * 1024;

/** Reads records out of blocks of lines. A record's line is the one that it begins on. */
export interface RecordParser {
  push(block: TextBlock): void;
  /** Says that nothing follows. */
  finish(): void;
}

function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}

/**
 * Tab-separated values: a line is a record, a tab always ends a field, and empty lines are skipped. Query logs hold stray
 * quotes, so a quote means nothing, except around a whole field whose inner quotes are all doubled, which is what
 * spreadsheet exports write: that field is unquoted.
 */
export class TsvRecords implements RecordParser {
  readonly #sink: RecordSink<readonly string[]>;

  constructor(sink: RecordSink<readonly string[]>) {
    this.#sink = sink;
  }

  push(block: TextBlock): void {
    const invalid = new Set(block.invalidLines);
    const { text } = block;
    for (let start = 0, line = block.firstLine; start < text.length; line++) {
      const newline = text.indexOf('\n', start);
      const end = newline < 0 ? text.length : newline;
      const content = withoutReturn(text.slice(start, end));
      start = end + 1;
      if (content.length === 0) continue;
      if (invalid.size > 0 && invalid.has(line)) {
        this.#sink.malformed(line, 'invalid UTF-8');
        continue;
      }
      const fields = content.split('\t');
      if (content.includes('"')) {
        for (const [index, field] of fields.entries()) fields[index] = unquoteWhole(field);
      }
      this.#sink.record(fields, line);
    }
  }

  finish(): void {}
}

function unquoteWhole(field: string): string {
  if (field.length < 2 || !field.startsWith('"') || !field.endsWith('"')) return field;
  const inner = field.slice(1, -1);
  return inner.replaceAll('""', '').includes('"') ? field : inner.replaceAll('""', '"');
}

/**
 * Comma-separated values by RFC 4180: a field that starts with a quote runs to the closing one, over commas and line
 * breaks, and a doubled quote in it is a quote. A quote inside an unquoted field is an ordinary character. What follows a
 * closing quote must be a comma or the line's end: otherwise the record is malformed and reading goes on at the next line.
 */
export class CsvRecords implements RecordParser {
  readonly #sink: RecordSink<readonly string[]>;
  /** Text from the beginning of a record whose quote is still open, and its line. */
  #open = '';
  #openLine = 1;
  #nextLine = 1;
  readonly #invalid = new Set<number>();

  constructor(sink: RecordSink<readonly string[]>) {
    this.#sink = sink;
  }

  push(block: TextBlock): void {
    for (const line of block.invalidLines) this.#invalid.add(line);
    const firstLine = this.#open.length > 0 ? this.#openLine : block.firstLine;
    const text = this.#open + block.text;
    this.#open = '';
    this.#nextLine = block.firstLine + block.lineBreaks;
    this.#parse(text, firstLine, false);
  }

  finish(): void {
    const text = this.#open;
    this.#open = '';
    this.#parse(text, this.#openLine, true);
  }

  #parse(text: string, firstLine: number, isEnd: boolean): void {
    let start = 0;
    let line = firstLine;
    while (start < text.length) {
      const newline = text.indexOf('\n', start);
      const end = newline < 0 ? text.length : newline;
      const content = withoutReturn(text.slice(start, end));
      if (!content.includes('"')) {
        if (content.length > 0) this.#emit(content.split(','), line, line);
        start = end + 1;
        line += 1;
        continue;
      }
      const record = readQuotedRecord(text, start);
      if (record.kind === 'open') {
        if (!isEnd && text.length - start <= LONGEST_RECORD_CHARS) {
          this.#open = text.slice(start);
          this.#openLine = line;
          return;
        }
        this.#sink.malformed(line, 'a quote that is opened and never closed');
        start = end + 1;
        line += 1;
      } else if (record.kind === 'stray') {
        // The quote that closed may well open a field many lines below: only the line itself is given up.
        this.#sink.malformed(line, 'text after a closing quote');
        start = end + 1;
        line += 1;
      } else {
        const breaks = countBreaks(text, start, record.next);
        this.#emit(record.fields, line, line + breaks - (text[record.next - 1] === '\n' ? 1 : 0));
        line += breaks;
        start = record.next;
      }
    }
    if (line >= this.#nextLine) this.#invalid.clear();
  }

  #emit(fields: readonly string[], line: number, lastLine: number): void {
    if (this.#invalid.size > 0) {
      for (let each = line; each <= lastLine; each++) {
        if (this.#invalid.has(each)) {
          this.#sink.malformed(line, 'invalid UTF-8');
          return;
        }
      }
    }
    this.#sink.record(fields, line);
  }
}

function countBreaks(text: string, start: number, end: number): number {
  let breaks = 0;
  for (let at = text.indexOf('\n', start); at >= 0 && at < end; at = text.indexOf('\n', at + 1)) {
    breaks += 1;
  }
  return breaks;
}

type QuotedRecord =
  | { readonly kind: 'record'; readonly fields: readonly string[]; readonly next: number }
  | { readonly kind: 'stray' }
  | { readonly kind: 'open' };

/** The record that begins at `start` and holds a quote somewhere. */
function readQuotedRecord(text: string, start: number): QuotedRecord {
  const fields: string[] = [];
  let at = start;
  for (;;) {
    let field: string;
    if (text[at] === '"') {
      let close = at + 1;
      for (;;) {
        close = text.indexOf('"', close);
        if (close < 0) return { kind: 'open' };
        if (text[close + 1] !== '"') break;
        close += 2;
      }
      field = text.slice(at + 1, close).replaceAll('""', '"');
      at = close + 1;
      if (text[at] === '\r' && (text[at + 1] === '\n' || at + 1 === text.length)) at += 1;
      if (at < text.length && text[at] !== ',' && text[at] !== '\n') return { kind: 'stray' };
    } else {
      const comma = text.indexOf(',', at);
      const newline = text.indexOf('\n', at);
      let end = comma < 0 ? text.length : comma;
      if (newline >= 0 && newline < end) end = newline;
      field = text.slice(at, end);
      if (text[end] !== ',') field = withoutReturn(field);
      at = end;
    }
    fields.push(field);
    if (text[at] !== ',') return { kind: 'record', fields, next: Math.min(at + 1, text.length) };
    at += 1;
  }
}
