import type { Imported } from './imported.ts';
import { readPatterson } from './patterson.ts';
import { projectDocument } from './project.ts';
import { hasSections, readPsplibSections } from './psplib-sections.ts';

/**
 * A resource-constrained project, in PSPLIB's own form (`.sm`) or in Patterson's (`.rcp`).
 * @throws {Refusal}
 */
export function importPsplib(text: string, name: string): Imported {
  const project = hasSections(text) ? readPsplibSections(text) : readPatterson(text);
  return projectDocument(project, name);
}
