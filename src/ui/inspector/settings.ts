/** The settings that variants and sweeps can vary, by name. */
import { formatPointer, parsePointer } from '../../base/json-pointer.ts';
import { withDefaults } from '../../pipeline/defaults.ts';
import { getAt } from '../../pipeline/pointer.ts';
import { stageTitle } from '../../pipeline/stage-title.ts';
import type { Phase, PipelineDocument, StageDocument } from '../../pipeline/types.ts';
import {
  limitFields,
  machineFields,
  sourceFields,
  stageFields,
  type Field,
} from '../commands/fields.ts';

export interface Place {
  title: string;
  fields: Pick<Field, 'label' | 'pointer'>[];
}

/** What decides over the shape of other fields, or names things: changing it alone makes no other run. Targets are compared with, not run by. */
const noSettings = /^\/targets\/|\/(id|kind|after|uses|memory|arrivals|cache|key|model)$/;

/** The machine, the source and the stages, each with the settings it has just now. */
export function places(document: PipelineDocument): Place[] {
  const limits = limitFields(document);
  return [
    { title: 'Machine', fields: settingsAmong(machineFields(document)) },
    { title: 'Source', fields: settingsAmong(sourceFields(document)) },
    ...(limits.length > 0 ? [{ title: 'Shared limits', fields: limits }] : []),
    ...document.stages.map((stage) => ({
      title: stageTitle(stage),
      fields: [...settingsAmong(stageFields(stage)), ...phaseFields(stage)],
    })),
  ];
}

const settingsAmong = (fields: Field[]): Place['fields'] =>
  fields.filter(({ pointer, whyOff }) => !whyOff && !noSettings.test(pointer));

function phaseFields({ id, work }: StageDocument): Place['fields'] {
  if (work.kind !== 'synthetic') return [];
  return work.phases.map((phase, index) => ({
    label: `Phase ${index + 1}, ${kindOf(phase) === 'cpu' ? 'CPU' : 'wait'}`,
    pointer: formatPointer(['stages', id, 'work', 'phases', index, kindOf(phase)]),
  }));
}
const kindOf = (phase: Phase): 'wait' | 'cpu' => ('wait' in phase ? 'wait' : 'cpu');

/** "Resize: Permits"; what has no name here goes by its path. */
export function settingTitle(document: PipelineDocument, pointer: string): string {
  const segments = parsePointer(pointer) ?? [];
  const ofStage = segments[0] === 'stages';
  const stage = ofStage ? document.stages.find(({ id }) => id === segments[1]) : undefined;
  const fields = stage
    ? [...stageFields(stage), ...phaseFields(stage)]
    : [...machineFields(document), ...sourceFields(document), ...limitFields(document)];
  const named = fields.find((field) => field.pointer === pointer)?.label;
  const rest = segments.slice(ofStage ? 2 : 0).join(' › ');
  return stage ? `${stageTitle(stage)}: ${named ?? rest}` : (named ?? rest);
}

/** What a synthetic load says nothing of. */
const unsaid: Readonly<Record<string, number>> = { output: 0, failure: 0, expand: 1 };

/** What a setting is now, its default included. */
export function settingNow(document: PipelineDocument, pointer: string): unknown {
  const value = getAt(withDefaults(document), pointer);
  return value === undefined ? (unsaid[pointer.split('/').at(-1)!] ?? null) : value;
}
