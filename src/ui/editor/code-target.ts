import { escapeSegment } from '../../base/json-pointer.ts';
import { stageTitle } from '../../pipeline/stage-title.ts';
import type { PipelineDocument } from '../../pipeline/types.ts';
import type { CodePlace } from '../state/view.svelte.ts';

export interface CodeTarget {
  /** null: the source, or a module. */
  stage: string | null;
  /** Only of a module: what stages import it by. */
  module?: string;
  name: string;
  pointer: string;
  code: string;
  /** Names the text in the editor. */
  path: string;
}

/** A piece of code of the document, to choose from. */
export interface ListedCode {
  place: CodePlace;
  title: string;
  pointer: string;
}

/** All code there is: the source, the stages, the modules. */
export function codePlaces(document: PipelineDocument): ListedCode[] {
  const { source, stages, modules = {} } = document;
  return [
    ...(source?.kind === 'code'
      ? [{ place: { kind: 'source' } as const, title: 'Source', pointer: '/source/code' }]
      : []),
    ...stages
      .filter(({ work }) => work.kind === 'code')
      .map((stage) => ({
        place: { kind: 'stage', id: stage.id } as const,
        title: stageTitle(stage),
        pointer: `/stages/${stage.id}/work/source`,
      })),
    ...Object.keys(modules).map((name) => ({
      place: { kind: 'module', name } as const,
      title: `module ${name}`,
      pointer: modulePointer(name),
    })),
  ];
}

/** The code to show: what was asked for, else the selected stage's, else the first there is. */
export function codeTarget(
  document: PipelineDocument,
  asked: CodePlace | null,
  selected: string | null,
): CodeTarget | null {
  const places = codePlaces(document).map(({ place }) => place);
  const place =
    places.find((one) => asked !== null && samePlace(one, asked)) ??
    places.find((one) => one.kind === 'stage' && one.id === selected) ??
    places.find((one) => one.kind === 'stage') ??
    places[0];
  return place ? targetAt(document, place) : null;
}

function samePlace(a: CodePlace, b: CodePlace): boolean {
  if (a.kind === 'stage') return b.kind === 'stage' && a.id === b.id;
  if (a.kind === 'module') return b.kind === 'module' && a.name === b.name;
  return b.kind === 'source';
}

function targetAt(document: PipelineDocument, place: CodePlace): CodeTarget | null {
  if (place.kind === 'source') {
    const { source } = document;
    if (source?.kind !== 'code') return null;
    const pointer = '/source/code';
    return { stage: null, name: 'the source', pointer, code: source.code, path: '(source)' };
  }
  if (place.kind === 'module') {
    const { name } = place;
    const code = document.modules?.[name];
    if (code === undefined) return null;
    const path = `(module)/${encodeURIComponent(name)}`;
    return {
      stage: null,
      module: name,
      name: `module ${name}`,
      pointer: modulePointer(name),
      code,
      path,
    };
  }
  const stage = document.stages.find(({ id }) => id === place.id);
  if (stage?.work.kind !== 'code') return null;
  const { id, name = id, work } = stage;
  return { stage: id, name, pointer: `/stages/${id}/work/source`, code: work.source, path: id };
}

const modulePointer = (name: string): string => `/modules/${escapeSegment(name)}`;
