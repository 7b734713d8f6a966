import { sha256Bytes } from 'millrace:hash';

const pages = 12;
const pageBytes = 4096;

/** Reads a document page by page and names each: real work, the same for the same document. */
export default function summarise({ document }: { document: number }) {
  const names = Array.from({ length: pages }, (_, page) => {
    const bytes = Uint8Array.from(
      { length: pageBytes },
      (_, at) => (at * 7 + document + page) % 256,
    );
    return Array.from(sha256Bytes(bytes).subarray(0, 4)).join('.');
  });
  return { document, names };
}
