import type { GalleryEntry } from './entry.ts';

export const qualityGates: readonly GalleryEntry[] = [];
