/** Offers text as a download, in parts if it is long; nothing leaves the tab. */
export function saveText(fileName: string, text: string | string[]): void {
  saveBlob(fileName, new Blob([text].flat(), { type: 'application/json' }));
}

export function saveBlob(fileName: string, blob: Blob): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  // The browser has taken the blob by the next turn of the event loop.
  setTimeout(() => URL.revokeObjectURL(url));
}

/** A file's name may have 255 bytes, and a letter up to four. */
const fileNameLetters = 50;

/** A document's name as every file system takes it, in whatever script it is written. */
export function fileNameOf(name: string | undefined): string {
  const plain = (name ?? '').normalize('NFC').toLowerCase();
  const words = plain.replace(/[^\p{L}\p{M}\p{N}]+/gu, '-').replace(/^-/, '');
  const short = [...words].slice(0, fileNameLetters).join('');
  return short.replace(/-$/, '') || 'pipeline';
}
