import type { EventLog } from './event-log.ts';
import { decodeRecord, type EventRecord, writeRecord } from './event-record.ts';
import { FileLog, type FileLogOptions, openLog, type RecordCodec } from './file-log.ts';
import { EVENTS_EXTENSION } from './log-segment.ts';

export type FileEventLogOptions = FileLogOptions;

const EVENTS: RecordCodec<EventRecord> = {
  extension: EVENTS_EXTENSION,
  isDurable: true,
  write: writeRecord,
  decode: decodeRecord,
};

/** An event log in files of a folder: see `FileLog`, and FORMAT.md. */
export class FileEventLog extends FileLog<EventRecord> implements EventLog {
  /** Opens the log of a folder, or begins one; throws as `openLog`. */
  static async open(options: FileEventLogOptions): Promise<FileEventLog> {
    return new FileEventLog(await openLog(options, EVENTS_EXTENSION), EVENTS, options);
  }
}
