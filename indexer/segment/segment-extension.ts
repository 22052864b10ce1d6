import { Container, ContainerBuilder } from './container.ts';
import { Segment } from './segment.ts';

/**
 * A segment's bytes with further sections, which `write` works out from the segment itself: its ids, terms and order are known then. The sections
 * before come first, as they were. Costs a copy of the segment.
 */
export async function extendSegment(
  bytes: Uint8Array,
  write: (segment: Segment, builder: ContainerBuilder) => Promise<void>,
): Promise<Uint8Array> {
  const builder = new ContainerBuilder();
  const container = Container.open(bytes);
  for (const { section } of container.sizes()) builder.add(section, container.uint8(section));
  await write(Segment.open(bytes), builder);
  return builder.finish();
}
