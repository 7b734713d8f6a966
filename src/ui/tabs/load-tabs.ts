/** The panels that come when they are first shown. */
export const loadTab = {
  results: () => import('./ResultsTab.svelte'),
  speedup: () => import('./SpeedupTab.svelte'),
  why: () => import('./WhyTab.svelte'),
  whatif: () => import('./WhatIfTab.svelte'),
  prediction: () => import('./PredictionTab.svelte'),
  compare: () => import('./CompareTab.svelte'),
  sweep: () => import('./SweepTab.svelte'),
  cache: () => import('./CacheTab.svelte'),
  log: () => import('./LogTab.svelte'),
  lesson: () => import('../lesson/LessonTab.svelte'),
};
export const loadEditorTab = () => import('../editor/EditorTab.svelte');
