import { strToU8, zipSync } from 'fflate';
import type { ProjectFiles } from './take-away.ts';

/** The files in one folder of a zip archive. */
export function zipped(folder: string, files: ProjectFiles): Uint8Array<ArrayBuffer> {
  const entries = [...files].map(([path, text]) => [`${folder}/${path}`, strToU8(text)] as const);
  return zipSync(Object.fromEntries(entries)) as Uint8Array<ArrayBuffer>;
}
