import { promisifyRequest, type UseStore } from 'idb-keyval';
import { rangesOf, type Wanted } from './read-ranges.ts';
import type { NamespaceLayout } from './store-layout.ts';

/** Reads what lies under these ids, in one transaction; each goes to `found`, with some nobody asked for. */
export async function readValues(
  use: UseStore,
  layout: NamespaceLayout,
  wanted: readonly Wanted[],
  found: (record: unknown) => void,
): Promise<void> {
  const ranges = rangesOf(wanted.toSorted((a, b) => a.id - b.id));
  await use('readonly', (objects) => {
    for (const { first, last } of ranges) {
      if (first === last) {
        const request = objects.get(layout.value(first));
        request.onsuccess = () => found(request.result);
      } else {
        const request = objects.getAll(layout.values(first, last));
        request.onsuccess = () => (request.result as unknown[]).forEach(found);
      }
    }
    return promisifyRequest(objects.transaction);
  });
}
