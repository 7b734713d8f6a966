import { bootstrapScript } from './bootstrap.ts';

/**
 * What code in the frame may do, on top of what the page's own policy (which reaches into a `srcdoc`
 * frame) forbids: start workers from blobs it made, nothing else. No network in any form.
 */
export const framePolicy = (bootstrapHash: string): string =>
  [
    "default-src 'none'",
    "connect-src 'none'",
    `script-src blob: 'wasm-unsafe-eval' '${bootstrapHash}'`,
    'worker-src blob:',
  ].join('; ');

/** The document of the sandbox frame. */
export const frameHtml = (bootstrapHash: string): string =>
  `<!doctype html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${framePolicy(
    bootstrapHash,
  )}"><script>${bootstrapScript}</script>`;
