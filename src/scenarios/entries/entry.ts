import type { PipelineDocument } from '../../pipeline/types.ts';
import type { SystemLetter } from '../claims/claim.ts';

/** One card of the gallery. Its document is fetched only when it is asked for. */
export interface GalleryEntry {
  /** What the terminal and links call it. */
  id: string;
  title: string;
  /** One sentence: what one learns from it. */
  teaches: string;
  /** About how long one run takes on a 2-core machine. */
  seconds: number;
  /** "real" runs code on real input, "synthetic" plays declared durations. */
  kind: 'real' | 'synthetic';
  /** It has steps that ask for a guess and grade it. */
  isLesson?: true;
  /** The project whose claims it stands for: see `claims/`; absent: none. */
  system?: SystemLetter;
  /** Ids and parents of its stages, for a small picture. */
  graph: { id: string; after: string[] }[];
  load(): Promise<PipelineDocument>;
}

/** A document of the gallery, as each file in `../gallery/` exports it. */
type DocumentModule = Promise<{ document: PipelineDocument }>;

/** The graph of stages in a row. */
export function chain(...ids: string[]): { id: string; after: string[] }[] {
  return ids.map((id, index) => ({ id, after: ids.slice(Math.max(0, index - 1), index) }));
}

export async function documentOf(module: DocumentModule): Promise<PipelineDocument> {
  return (await module).document;
}
