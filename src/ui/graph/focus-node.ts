/** Puts the keyboard's focus on a node of the graph, where there is one to put it on. */
export function focusNode(id: string): void {
  document
    .querySelector<HTMLElement>(`.svelte-flow__node[data-id="${CSS.escape(id)}"]`)
    ?.focus({ preventScroll: true });
}
