/**
 * What `crossOriginIsolated` needs: precise timers and SharedArrayBuffer; and that a page which is isolated itself may
 * show an embedded view of this one. Every server of ours sends it.
 */
export const isolationHeaders = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'cross-origin',
};
