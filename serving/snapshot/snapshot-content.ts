import type { Manifest } from '../../indexer/segment/manifest.ts';
import type { Segment } from '../../indexer/segment/segment.ts';

/** What a snapshot is made of, for the surfaces that read it themselves. */
export interface SnapshotContent {
  readonly segment: Segment;
  readonly manifest: Manifest;
}
