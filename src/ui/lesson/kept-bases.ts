/** What a lesson begins with, where neither its progress nor its editor says it any more. */
import { isPlainObject } from '../../pipeline/schema-parts.ts';
import type { PipelineDocument } from '../../pipeline/types.ts';
import type { Settings } from '../services.ts';
import { sameWork } from '../state/same-work.ts';
import { isSomeStep } from './lesson-document.ts';
import { baseLettersMax, basesBegun } from './progress.ts';

const settingName = 'lessonBases';
/** Of so many lessons that are being written. */
const keptMax = 10;

/** While a lesson is written, so that a reload does not take a step's settings for its beginning. */
export function keepBase(settings: Settings, workId: string, base: PipelineDocument | null): void {
  const others = readAll(settings).filter(([id]) => id !== workId);
  const isSmall = base !== null && JSON.stringify(base).length <= baseLettersMax;
  const own: KeptBase[] = isSmall ? [[workId, base]] : [];
  // Where there is no room, none of this work's is better than a former one.
  if (!write(settings, [...own, ...others].slice(0, keptMax))) write(settings, others);
}

type KeptBase = [workId: string, base: PipelineDocument];

/** @returns whether it is kept */
function write(settings: Settings, all: readonly KeptBase[]): boolean {
  const text = all.length > 0 ? JSON.stringify(all) : null;
  settings.set(settingName, text);
  return settings.get(settingName) === text;
}

/** What a piece of work is known to begin with, whatever its lesson says by now. */
export const knownBases = (settings: Settings, workId: string): PipelineDocument[] =>
  [...readAll(settings), ...basesBegun(settings)]
    .filter(([id]) => id === workId)
    .map(([, base]) => base);

/** The known beginning that `document` is some step of; null: it is none of any, so it is its own beginning. */
export function formerBase(
  known: readonly PipelineDocument[],
  document: PipelineDocument,
): PipelineDocument | null {
  const { lesson = [] } = document;
  const isFormer = (base: PipelineDocument): boolean =>
    !sameWork(base, document) && isSomeStep([...(base.lesson ?? []), ...lesson], base, document);
  return known.find(isFormer) ?? null;
}

function readAll(settings: Settings): KeptBase[] {
  try {
    const kept: unknown = JSON.parse(settings.get(settingName) ?? '[]');
    return (kept as unknown[]).filter(isKeptBase);
  } catch {
    return [];
  }
}

/** Written by this page alone, by whichever version of it. */
const isKeptBase = (entry: unknown): entry is KeptBase =>
  Array.isArray(entry) &&
  typeof entry[0] === 'string' &&
  isPlainObject(entry[1]) &&
  Array.isArray(entry[1]['stages']);
