/** Made by the plugin in this folder. */
declare module 'virtual:millrace/frame' {
  /** Classic scripts (IIFE) for blob workers inside the sandbox. */
  export const coordinatorText: string;
  export const stageWorkerText: string;
  /** `sha256-…` of the frame's one inline script. */
  export const bootstrapHash: string;
}
