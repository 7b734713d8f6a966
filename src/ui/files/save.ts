/** Offers text as a download; nothing leaves the tab. */
export function saveText(fileName: string, text: string, type = 'application/json'): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  // The browser has taken the blob by the next turn of the event loop.
  setTimeout(() => URL.revokeObjectURL(url));
}

/** A document's name as every file system takes it. */
export function fileNameOf(name: string | undefined): string {
  const plain = (name ?? '').toLowerCase().replace(/[^a-z0-9]+/g, '-');
  return plain.replace(/^-|-$/g, '') || 'pipeline';
}
