import { newWorkId } from './work-id.ts';

/** One document through all its edits: what is saved under one name. */
export interface Work {
  id: string;
  /** It is not as it was opened any more. */
  isEdited: boolean;
  /** What the entry of the gallery is called that it was opened from; absent: it came from elsewhere. */
  gallery?: string;
  /** The link it was opened from, "#1.…": what was claimed is read from there. Absent: it came from elsewhere. */
  link?: string;
}

/** Of a document as it is opened. */
export function newWork(gallery?: string): Work {
  return { id: newWorkId(), isEdited: false, ...(gallery && { gallery }) };
}

/** Of what was saved, without the rest. */
export const workIn = ({ id, isEdited, gallery, link }: Work): Work => ({
  id,
  isEdited,
  ...(gallery && { gallery }),
  ...(link && { link }),
});

/**
 * Which results and counters runs of it see. Not by the document's name, which whoever wrote it chose: a
 * stranger's code could have left there what yours would take for its own. (It holds no line break.)
 */
export const cacheNamespace = ({ id, gallery }: Work): string =>
  gallery ? `gallery ${gallery}` : `work ${id}`;
