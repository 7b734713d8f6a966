import { childrenOf } from '../../../pipeline/graph.ts';
import { stageTitle } from '../../../pipeline/stage-title.ts';
import { focusNode } from '../focus-node.ts';
import { sourceId } from '../flow-model.ts';
import type { MenuAbout } from '../graph-view.svelte.ts';
import { namesOf } from '../../state/stage-names.ts';
import * as actions from './actions.ts';
import { copyByButton } from './clipboard.ts';
import { startConnecting } from './connect-mode.ts';
import type { Graph } from './graph-keys.ts';
import { counted } from './words.ts';

export interface MenuItem {
  label: string;
  /** What does the same; see the page of shortcuts. */
  keys?: string;
  run: () => void;
  /** A line stands above it. */
  isApart?: boolean;
}

/** What the menu is called, and what it offers. */
export function menuOf(graph: Graph, about: MenuAbout): { title: string; items: MenuItem[] } {
  const { document } = graph.app.doc;
  switch (about.kind) {
    case 'stage': {
      const stage = document.stages.find(({ id }) => id === about.id);
      const ids = actions.idsAbout(graph.app, about.id);
      const title = ids.length > 1 ? counted(ids.length) : stage ? `“${stageTitle(stage)}”` : '';
      return { title, items: stage ? ofStages(graph, about.id, ids) : [] };
    }
    case 'source':
      return { title: 'Source', items: ofSource(graph) };
    case 'edge': {
      const names = namesOf(document);
      const from = names.get(about.source) ?? 'the source';
      const title = `From ${from} to ${names.get(about.target) ?? about.target}`;
      return { title, items: ofEdge(graph, about.source, about.target) };
    }
    case 'graph':
      return { title: 'Graph', items: ofGraph(graph) };
  }
}

function ofStages({ app, view }: Graph, id: string, ids: readonly string[]): MenuItem[] {
  const { stages } = app.doc.document;
  const stage = stages.find((one) => one.id === id)!;
  const isOne = ids.length === 1;
  const items: MenuItem[] = [];
  if (isOne) {
    items.push({ label: 'Rename', keys: 'F2', run: () => actions.rename(app, id) });
    if (stage.work.kind === 'code')
      items.push({
        label: 'Edit code',
        run: () => app.view.editCode({ kind: 'stage', id }, { line: 1 }),
      });
    items.push(
      { label: 'Add a stage after it', keys: 'A', run: () => actions.addAfter(app, id) },
      { label: 'Connect to…', keys: 'C', run: () => startConnecting(app, view, id) },
    );
  }
  items.push(
    {
      label: 'Copy',
      keys: 'Mod+C',
      isApart: isOne,
      run: () => {
        void copyByButton(app, ids);
        focusNode(id);
      },
    },
    { label: 'Cut', keys: 'Mod+X', run: () => void actions.cutByButton(app, ids) },
    { label: 'Paste after it', keys: 'Mod+V', run: () => pasteAfter(app, id) },
    { label: 'Duplicate', keys: 'Mod+D', run: () => actions.duplicate(app, ids) },
  );
  if (isOne) {
    if (stage.after?.length)
      items.push({
        label: 'Select upstream',
        isApart: true,
        run: () => actions.selectStream(app, id, 'upstream'),
      });
    if (childrenOf(stages).get(id)?.length)
      items.push({
        label: 'Select downstream',
        isApart: !stage.after?.length,
        run: () => actions.selectStream(app, id, 'downstream'),
      });
  }
  items.push({
    label: 'Delete',
    keys: 'Delete',
    isApart: true,
    run: () => actions.remove(app, ids),
  });
  return items;
}

function pasteAfter(app: Graph['app'], id: string | null): void {
  if (id === null) app.view.select({ kind: 'source' });
  else app.graph.select([id]);
  void actions.pasteStages(app);
}

function ofSource({ app }: Graph): MenuItem[] {
  const items: MenuItem[] = [
    { label: 'Add a stage after it', keys: 'A', run: () => actions.addAfter(app, null) },
    { label: 'Paste after it', keys: 'Mod+V', run: () => pasteAfter(app, null) },
  ];
  if (app.doc.document.source?.kind === 'code')
    items.unshift({
      label: 'Edit code',
      run: () => app.view.editCode({ kind: 'source' }, { line: 1 }),
    });
  return items;
}

function ofEdge({ app }: Graph, source: string, target: string): MenuItem[] {
  const insert: MenuItem = {
    label: 'Insert a stage here',
    keys: 'Insert',
    run: () => actions.insertInto(app, source, target),
  };
  // What the source feeds is no connection of its own.
  if (source === sourceId) return [insert];
  return [
    insert,
    {
      label: 'Delete the connection',
      keys: 'Delete',
      run: () => actions.disconnect(app, source, target),
    },
  ];
}

function ofGraph({ app, view, places }: Graph): MenuItem[] {
  const items: MenuItem[] = [
    { label: 'Paste', keys: 'Mod+V', run: () => void actions.pasteStages(app) },
    {
      label: 'Select all',
      keys: 'Mod+A',
      run: () => {
        app.graph.selectAll();
        actions.saySelection(app);
      },
    },
  ];
  const ids = [...app.graph.selected];
  if (ids.length > 0)
    items.push(
      {
        label: `Copy ${counted(ids.length)}`,
        isApart: true,
        run: () => void copyByButton(app, ids),
      },
      { label: `Duplicate ${counted(ids.length)}`, run: () => actions.duplicate(app, ids) },
      { label: `Delete ${counted(ids.length)}`, run: () => actions.remove(app, ids) },
    );
  items.push(
    { label: 'Tidy: lay the graph out again', isApart: true, run: () => places.tidy() },
    { label: 'What the graph shows', run: () => (view.isLegendOpen = true) },
  );
  return items;
}
