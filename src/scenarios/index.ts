import type { GalleryEntry } from './entries/entry.ts';
import { firstSteps } from './entries/first-steps.ts';
import { ggen } from './entries/ggen.ts';
import { lessons } from './entries/lessons.ts';
import { mahavishnu } from './entries/mahavishnu.ts';
import { miniPipe } from './entries/mini-pipe.ts';
import { pipelinesCore } from './entries/pipelines-core.ts';
import { qualityGates } from './entries/quality-gates.ts';

export type { GalleryEntry };

/** The shipped documents, in the order they are shown. */
export const gallery: readonly GalleryEntry[] = [
  ...pipelinesCore,
  ...firstSteps,
  ...miniPipe,
  ...mahavishnu,
  ...qualityGates,
  ...ggen,
  ...lessons,
];
