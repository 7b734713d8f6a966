import { stageTitle } from '../../pipeline/stage-title.ts';
import type { StageDocument } from '../../pipeline/types.ts';
import { focusNode } from '../graph/focus-node.ts';
import type { App } from '../state/app.svelte.ts';
import type { Command } from './command.ts';
import { loadActions, loadClipboard } from './graph-commands.ts';

/** What can be done with each stage, and with the one that is selected without looking for it. */
export function stageCommands({ doc, view }: App): Command[] {
  const selected = view.selectedStage();
  return doc.document.stages.flatMap((stage) =>
    ofStage(stage).map((command) => ({
      ...command,
      group: 'Stages' as const,
      onlySearched: stage.id !== selected,
    })),
  );
}

function ofStage(stage: StageDocument): Omit<Command, 'group'>[] {
  const { id } = stage;
  const name = `“${stageTitle(stage)}”`;
  return [
    {
      id: `select:${id}`,
      title: `Select ${name}`,
      words: `stage node go to ${id}`,
      run({ view }) {
        view.select({ kind: 'stage', id });
        focusNode(id);
      },
    },
    {
      id: `code:${id}`,
      title: `Edit the code of ${name}`,
      words: `editor source ${id}`,
      whyOff: () =>
        stage.work.kind === 'code' ? null : 'It has a synthetic load: set “Work” to code first.',
      run: ({ view }) => view.editCode({ kind: 'stage', id }, { line: 1 }),
    },
    {
      id: `rename:${id}`,
      title: `Rename ${name}`,
      keys: 'F2',
      words: `name ${id}`,
      run: async (app) => (await loadActions()).rename(app, id),
    },
    {
      id: `add-after:${id}`,
      title: `Add a stage after ${name}`,
      keys: 'A',
      words: `new insert ${id}`,
      run: async (app) => (await loadActions()).addAfter(app, id),
    },
    {
      id: `duplicate:${id}`,
      title: `Duplicate ${name}`,
      keys: 'Mod+D',
      words: `copy ${id}`,
      run: async (app) => (await loadActions()).duplicate(app, [id]),
    },
    {
      id: `copy:${id}`,
      title: `Copy ${name}`,
      keys: 'Mod+C',
      words: `clipboard JSON ${id}`,
      run: async (app) => void (await (await loadClipboard()).copyByButton(app, [id])),
    },
    {
      id: `remove:${id}`,
      title: `Remove ${name}`,
      keys: 'Delete',
      words: `delete ${id}`,
      run: async (app) => (await loadActions()).remove(app, [id]),
    },
    ...(['upstream', 'downstream'] as const).map((way) => ({
      id: `${way}:${id}`,
      title: `Select everything ${way} of ${name}`,
      words: `stages before after ancestors descendants ${id}`,
      run: async (app: App) => (await loadActions()).selectStream(app, id, way),
    })),
  ];
}
