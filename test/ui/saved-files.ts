import { vi } from 'vitest';

/** The text of the file that a press offers for download; none is written. */
export async function savedBy(press: () => Promise<void>): Promise<{ name: string; text: string }> {
  const made = vi.spyOn(URL, 'createObjectURL');
  const clicked = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => {});
  try {
    await press();
    await vi.waitUntil(() => made.mock.calls.length > 0);
    const [blob] = made.mock.lastCall as [Blob];
    const link = clicked.mock.contexts.at(-1) as HTMLAnchorElement;
    return { name: link.download, text: await blob.text() };
  } finally {
    made.mockRestore();
    clicked.mockRestore();
  }
}
