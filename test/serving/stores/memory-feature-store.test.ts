import { MemoryFeatureStore } from '../../../serving/stores/memory-feature-store.ts';
import { describeFeatureStore } from '../../contracts/feature-store.ts';

// All that the store promises stands in the port's contract.
describeFeatureStore('MemoryFeatureStore', async () => {
  const store = new MemoryFeatureStore();
  return { store, dispose: () => store.close() };
});
