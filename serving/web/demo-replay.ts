import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { IntakeAnswer } from '../events/event-intake.ts';

const BATCH = 1_000;

/** What takes events: the intake of a server. */
interface Intake {
  accept(items: readonly unknown[], sizeBytes: number): Promise<IntakeAnswer>;
}

/** Sends events of an NDJSON file to a server's intake, in their order; returns how many it had not had yet. Sending them again changes nothing. */
export async function replayEvents(file: string, intake: Intake): Promise<number> {
  let batch: unknown[] = [];
  let sizeBytes = 0;
  let accepted = 0;
  const send = async (): Promise<void> => {
    const answer = await intake.accept(batch, sizeBytes);
    accepted += answer.accepted;
    batch = [];
    sizeBytes = 0;
  };
  for await (const line of createInterface({ input: createReadStream(file) })) {
    batch.push(JSON.parse(line));
    sizeBytes += line.length;
    if (batch.length === BATCH) await send();
  }
  if (batch.length > 0) await send();
  return accepted;
}
