/** What `crossOriginIsolated` needs: precise timers and SharedArrayBuffer. Every server of ours sends it. */
export const isolationHeaders = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};
