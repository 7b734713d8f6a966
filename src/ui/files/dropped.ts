/** What a drop brings, before anything of it is read. */
export interface Dropped {
  entries: FileSystemEntry[];
  /** What comes from another program (an attachment) may have no place on the disk. */
  loose: File[];
}

/** Call before the first await: afterwards the browser empties the list. */
export function takeDropped({ items }: DataTransfer): Dropped {
  const dropped: Dropped = { entries: [], loose: [] };
  for (const item of items) {
    if (item.kind !== 'file') continue;
    const entry = item.webkitGetAsEntry();
    const file = entry ? null : item.getAsFile();
    if (entry) dropped.entries.push(entry);
    else if (file) dropped.loose.push(file);
  }
  return dropped;
}
