/** What this site takes and may take of the disk, as the browser tells it; null fields: it does not say. */
export interface StorageRoom {
  usedBytes: number | null;
  maxBytes: number | null;
  /** true: it is deleted only by hand; false: the browser may delete it when the disk gets full. */
  isPersistent: boolean | null;
}

/** @param storage `navigator.storage`; absent where the page is not served securely. */
export async function storageRoom(
  storage: Partial<StorageManager> | undefined,
): Promise<StorageRoom> {
  const [estimate, isPersistent] = await Promise.all([
    storage?.estimate?.().catch(() => null),
    storage?.persisted?.().catch(() => null),
  ]);
  return {
    usedBytes: estimate?.usage ?? null,
    maxBytes: estimate?.quota ?? null,
    isPersistent: isPersistent ?? null,
  };
}
