/** What a lesson begins with, where neither its progress nor its editor says it any more. */
import { same } from '../../base/same-json.ts';
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
  const isKept = base !== null && JSON.stringify(base).length <= baseLettersMax;
  const all = isKept ? [[workId, base], ...others].slice(0, keptMax) : others;
  settings.set(settingName, all.length > 0 ? JSON.stringify(all) : null);
}

export interface KnownBases {
  /** Of this piece of work, whatever its lesson says by now. */
  own: PipelineDocument[];
  /** Of all others: a tab that was duplicated, the same link opened again. */
  others: PipelineDocument[];
}

export function knownBases(settings: Settings, workId: string): KnownBases {
  const all = [...readAll(settings), ...basesBegun(settings)];
  const of = (isOwn: boolean): PipelineDocument[] =>
    all.filter(([id]) => (id === workId) === isOwn).map(([, base]) => base);
  return { own: of(true), others: of(false) };
}

/** The known beginning that `document` is some step of; null: it is none of any, so it is its own beginning. */
export function formerBase(
  { own, others }: KnownBases,
  document: PipelineDocument,
): PipelineDocument | null {
  const { lesson = [] } = document;
  const isFormer = (base: PipelineDocument): boolean =>
    !sameWork(base, document) && isSomeStep([...(base.lesson ?? []), ...lesson], base, document);
  const sameLesson = others.filter((base) => same(base.lesson, lesson));
  return [...own, ...sameLesson].find(isFormer) ?? null;
}

function readAll(settings: Settings): [string, PipelineDocument][] {
  try {
    const kept: unknown = JSON.parse(settings.get(settingName) ?? '[]');
    return (kept as unknown[]).filter(isKeptBase);
  } catch {
    return [];
  }
}

/** Written by this page alone, by whichever version of it. */
const isKeptBase = (entry: unknown): entry is [string, PipelineDocument] =>
  Array.isArray(entry) &&
  typeof entry[0] === 'string' &&
  isPlainObject(entry[1]) &&
  Array.isArray(entry[1]['stages']);
