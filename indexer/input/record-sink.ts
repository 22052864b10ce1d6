/** Takes what a reader finds, in the file's order. `line` counts from 1; in Parquet files it is the row. */
export interface RecordSink<T> {
  record(record: T, line: number): void;
  /** A record that could not be read, and why; the reason quotes nothing of its content. */
  malformed(line: number, reason: string): void;
}
