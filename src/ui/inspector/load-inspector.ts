/** The inspectors that come when something is first selected; the machine's is on the first screen. */
export const loadInspector = {
  stage: () => import('./StageInspector.svelte'),
  source: () => import('./SourceInspector.svelte'),
  cache: () => import('./CacheInspector.svelte'),
  document: () => import('./DocumentInspector.svelte'),
  limits: () => import('./LimitsInspector.svelte'),
};
