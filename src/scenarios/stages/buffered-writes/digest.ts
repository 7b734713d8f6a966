import { sha256Bytes } from 'millrace:hash';

const chunkBytes = 8192;

/** A chunk of a file, and what names it: work between one write and the next. */
export default function digest({ index }: { index: number }) {
  const chunk = Uint8Array.from({ length: chunkBytes }, (_, at) => (at * 31 + index) % 256);
  return { bytes: chunk.length, name: sha256Bytes(chunk).join('-') };
}
