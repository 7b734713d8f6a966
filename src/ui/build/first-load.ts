/**
 * Modules that the first load needs in any case and that lazy chunks share. Each set that some chunks have in
 * common would be a chunk of its own, a dozen of them: together they weigh 3 kB less.
 */
export const firstLoad: readonly string[] = [
  ...inFolder('src/base', 'draw-mean indexed-heap json-pointer nesting same-json suggest units'),
  ...inFolder('src/engine', 'runner'),
  ...inFolder(
    'src/pipeline',
    'ceilings defaults graph json-syntax needs-model parse phases place pointer',
  ),
  ...inFolder(
    'src/pipeline',
    'rules schema schema-at schema-draws schema-parts schema-source schema-stage',
  ),
  ...inFolder('src/pipeline', 'schema-work shape stage-title'),
  ...inFolder('src/charts', 'stage-colours'),
  ...inFolder('src/ui/commands', 'open-dialog'),
  ...inFolder('src/ui/files', 'save'),
  ...inFolder(
    'src/ui/parts',
    'described-by ended-just-now.svelte help.svelte number-steps quantities',
  ),
  ...['Knob', 'NumberField', 'NumberKnob'].map((name) => `src/ui/parts/${name}.svelte`),
  // With what is embedded in other pages.
  'src/ui/theme.css',
  ...inFolder('src/ui/graph', 'flow-model focus-node layout stage-state'),
  ...inFolder('src/ui/tabs', 'markdown'),
  ...inFolder('src/ui/state', 'announcer.svelte error-sentence error-words kept-overheads'),
  ...inFolder('src/ui/state', 'messages.svelte paced-model prediction-store.svelte'),
  ...inFolder('src/ui/state', 'run-store.svelte source-items stage-names work work-id'),
  ...inFolder('src/ui/state', 'context tooltip.svelte'),
];

/** Whether a bundler's module is one of them. */
export function isOfFirstLoad(id: string): boolean {
  const [file] = id.split('?');
  return firstLoad.some((path) => file!.endsWith(`/${path}`));
}

function inFolder(folder: string, names: string): string[] {
  return names.split(' ').map((name) => `${folder}/${name}.ts`);
}
