import { stageTitle } from '../../pipeline/stage-title.ts';
import { focusField } from '../inspector/focus-field.ts';
import type { App } from '../state/app.svelte.ts';
import type { Selection } from '../state/view.svelte.ts';
import type { Command } from './command.ts';
import {
  documentFields,
  limitFields,
  machineFields,
  sourceFields,
  stageFields,
  type Field,
} from './fields.ts';

/** Every knob of the inspector by name: "Permits of “Resize”" puts the focus on it. */
export function fieldCommands({ doc }: App): Command[] {
  const { document } = doc;
  return [
    ...machineFields(document).map((field) => command(field, { kind: 'machine' }, 'the machine')),
    ...sourceFields(document).map((field) => command(field, { kind: 'source' }, 'the source')),
    ...limitFields(document).map((field) =>
      command(field, { kind: 'limits' }, 'the shared limits'),
    ),
    ...documentFields().map((field) => command(field, { kind: 'document' }, 'the document')),
    ...document.stages.flatMap((stage) =>
      stageFields(stage).map((field) =>
        command(field, { kind: 'stage', id: stage.id }, `“${stageTitle(stage)}”`),
      ),
    ),
  ];
}

function command({ label, pointer, group, whyOff }: Field, of: Selection, name: string): Command {
  return {
    id: `field:${pointer}`,
    title: `${label} of ${name}`,
    group: 'Fields',
    words: `${group} ${pointer.replaceAll('/', ' ')} set`,
    onlySearched: true,
    whyOff: () => whyOff ?? null,
    async run(app) {
      if (await focusField(app, of, pointer, group)) return;
      app.messages.show(
        'info',
        `“${label}” is not among the knobs here: it is in the Document tab.`,
      );
      app.view.editDocument(pointer);
    },
  };
}
