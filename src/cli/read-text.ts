import { readFile, stat } from 'node:fs/promises';
import { formatBytes } from '../base/units.ts';
import { BadInput } from './command.ts';

/**
 * A file as text; pipes (`<(…)`) are files too. Null: there is none.
 * @param mostBytes larger ones are refused before they are read
 * @throws {BadInput}
 */
export async function readTextFile(path: string, mostBytes: number): Promise<string | null> {
  try {
    const found = await stat(path);
    if (found.isDirectory()) throw new BadInput(`"${path}" is a folder: give a file in it.`);
    if (found.size > mostBytes) {
      const [size, most] = [found.size, mostBytes].map(formatBytes);
      throw new BadInput(`"${path}" has ${size}: the ceiling is ${most}.`);
    }
    return textOf(await readFile(path), `"${path}"`);
  } catch (error) {
    if (error instanceof BadInput) throw error;
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new BadInput(`"${path}" cannot be read.`);
  }
}

/** Standard input as text. @throws {BadInput} as soon as it is too long */
export async function readStream(
  stream: AsyncIterable<Uint8Array | string>,
  mostBytes: number,
): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream) {
    bytes += chunk.length;
    if (bytes > mostBytes)
      throw new BadInput(`standard input has more than ${formatBytes(mostBytes)}, the ceiling.`);
    chunks.push(Buffer.from(chunk));
  }
  return textOf(Buffer.concat(chunks), 'standard input');
}

function textOf(bytes: Buffer, what: string): string {
  const mark = bytes.length < 2 ? 0 : bytes.readUInt16BE(0);
  if (mark === 0xfffe || mark === 0xfeff)
    throw new BadInput(`${what} is UTF-16: save it as UTF-8, then give it again.`);
  return bytes.toString('utf8');
}
