import type { DuckDBDataChunk, DuckDBValue } from '@duckdb/node-api';
import { VideoWords } from '../../dictionaries/video-text/video-words.ts';
import type { Workspace } from '../clean/workspace.ts';

/** A video with what is known of it; a row of `video_documents`. */
export interface VideoDocument {
  readonly video: string;
  /** Undefined for `und`. */
  readonly market: string | undefined;
  /** Null for a video that was searched with but whose texts nobody gave. */
  readonly words: VideoWords | null;
  /** Normalised forms that enough users searched with it, and their users. */
  readonly searched: readonly (readonly [string, number])[];
}

const COLUMNS = 'video, market, title, description, tags, transcript, comments, queries, users';

/** All videos, in the order of their ids. */
export async function* readVideoDocuments(workspace: Workspace): AsyncGenerator<VideoDocument> {
  const sql = `SELECT ${COLUMNS} FROM video_documents ORDER BY video`;
  for await (const chunk of workspace.stream(sql)) yield* documentsOf(chunk);
}

function* documentsOf(chunk: DuckDBDataChunk): Generator<VideoDocument> {
  for (const row of chunk.getRows()) {
    const [video, market, title, description, tags, transcript, comments, queries, users] = row;
    const counts = itemsOf(users);
    yield {
      video: String(video),
      market: market === null || market === undefined ? undefined : String(market),
      words:
        title === null || title === undefined
          ? null
          : new VideoWords({
              title: String(title),
              description: String(description),
              tags: itemsOf(tags).map(String),
              transcript: String(transcript),
              comments: itemsOf(comments).map(String),
            }),
      searched: itemsOf(queries).map((query, i) => [String(query), Number(counts[i])] as const),
    };
  }
}

/** The items of a list, which the driver wraps. */
export function itemsOf(value: DuckDBValue | undefined): readonly DuckDBValue[] {
  return typeof value === 'object' && value !== null && 'items' in value
    ? (value.items as readonly DuckDBValue[])
    : [];
}
