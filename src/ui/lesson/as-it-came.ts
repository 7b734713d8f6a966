import type { PipelineDocument } from '../../pipeline/types.ts';
import { readLink } from '../../share/link/link-text.ts';
import type { App } from '../state/app.svelte.ts';

/** The open document as the gallery or a link brought it; null: it came from elsewhere, or cannot be had now. */
export async function asItCame({ doc, services }: App): Promise<PipelineDocument | null> {
  const { gallery, link } = doc.present.work;
  if (link !== undefined) {
    const read = await readLink(link);
    return read.ok ? read.value.document : null;
  }
  if (gallery === undefined) return null;
  try {
    const entries = await services.gallery();
    return (await entries.find(({ title }) => title === gallery)?.load()) ?? null;
  } catch {
    return null;
  }
}
