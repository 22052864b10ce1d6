import { SegmentError } from '../segment/errors.ts';
import { AUDIT_FORMAT, type AuditRecord } from './audit-record.ts';
import type { Thresholds } from './thresholds.ts';

/** An audit in memory. Its checksum has been compared when the file was read. */
export class Audit {
  readonly thresholds: Thresholds;
  readonly #bytes: Buffer;

  private constructor(bytes: Buffer, thresholds: Thresholds) {
    this.#bytes = bytes;
    this.thresholds = thresholds;
  }

  /** Opens the bytes of an audit; throws `bad-version` for another format than this program's. */
  static open(bytes: Uint8Array, place: string): Audit {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const header: unknown = JSON.parse(buffer.toString('utf8', 0, buffer.indexOf('\n')));
    if (!isHeader(header)) {
      throw new SegmentError(
        'bad-version',
        `${place}: format: expected ${AUDIT_FORMAT}; build the index anew with this version of foretype`,
        { place, section: 'format', expected: AUDIT_FORMAT },
      );
    }
    return new Audit(buffer, header.thresholds);
  }

  /** What is known of a normalised form; null for one that was neither merged nor kept apart. Reads through the file. */
  find(query: string): AuditRecord | null {
    // The query is the first field of its line, and JSON has one way of writing it here.
    const at = this.#bytes.indexOf(`\n{"query":${JSON.stringify(query)},`);
    if (at < 0) return null;
    const line = this.#bytes.toString('utf8', at + 1, this.#bytes.indexOf('\n', at + 1));
    return JSON.parse(line) as AuditRecord;
  }
}

function isHeader(value: unknown): value is { readonly thresholds: Thresholds } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'format' in value &&
    value.format === AUDIT_FORMAT &&
    'thresholds' in value
  );
}
