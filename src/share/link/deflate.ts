/** Deflate without a header (RFC 1951), by the browser's own streams. */

export async function deflate(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const packed = piecesOf(bytes, bytes.length).pipeThrough(new CompressionStream('deflate-raw'));
  return new Uint8Array(await new Response(packed).arrayBuffer());
}

/**
 * A piece is unpacked whole before anybody can look at what came of it, and deflate packs 1,032 bytes into one at
 * the most: so many bytes in make 1 MB at the most between two looks.
 */
const pieceBytes = 1024;

/**
 * @param bytesMax more is not unpacked: a small input can stand for gigabytes
 * @returns 'too-large' above `bytesMax`, 'damaged' where the input is not deflated, or does not end
 */
export async function inflate(
  bytes: Uint8Array<ArrayBuffer>,
  bytesMax: number,
): Promise<Uint8Array<ArrayBuffer> | 'too-large' | 'damaged'> {
  const reader = piecesOf(bytes, pieceBytes)
    .pipeThrough(new DecompressionStream('deflate-raw'))
    .getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      size += value.length;
      if (size > bytesMax) {
        await reader.cancel();
        return 'too-large';
      }
      chunks.push(value);
    }
  } catch {
    return 'damaged';
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

/** Hands a piece out when it is asked for, so that what nobody reads any longer is not worked on. */
function piecesOf(
  bytes: Uint8Array<ArrayBuffer>,
  each: number,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  let at = 0;
  return new ReadableStream(
    {
      pull(controller) {
        if (at >= bytes.length) return controller.close();
        controller.enqueue(bytes.subarray(at, at + each));
        at += each;
      },
    },
    { highWaterMark: 0 },
  );
}
