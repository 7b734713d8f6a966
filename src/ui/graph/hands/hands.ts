/** What hands do in the graph: none of it is needed to look at one, so it comes with the first touch. */
export { addStage, connect } from '../../state/stage-edits.ts';
export { default as ConnectHint } from './ConnectHint.svelte';
export { default as GraphLegend } from './GraphLegend.svelte';
export { default as GraphMenu } from './GraphMenu.svelte';
export { default as GraphWords } from './GraphWords.svelte';
export { saySelection } from './actions.ts';
export { takeClipboardEvent, takeLateClipboard } from './clipboard-events.ts';
export { connectTo } from './connect-mode.ts';
export { endDrawing, refusal, startDrawing } from './drawing.ts';
export { pressGraphKey } from './graph-keys.ts';
