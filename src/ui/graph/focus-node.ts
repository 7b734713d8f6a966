/** Asks the graph to bring a node into view: far away from it, a large graph does not draw it. */
export const revealEvent = 'reveal-node';

/** Asks it to say what its signs mean. */
export const legendEvent = 'show-legend';

const framesMax = 60;

/** Puts the keyboard's focus on a node of the graph, as soon as it is drawn. */
export function focusNode(id: string): void {
  let frames = 0;
  const look = (): void => {
    const node = document.querySelector<HTMLElement>(
      `.svelte-flow__node[data-id="${CSS.escape(id)}"]`,
    );
    if (node) node.focus({ preventScroll: true });
    if (frames === 0)
      document
        .querySelector('.graph .svelte-flow')
        ?.dispatchEvent(new CustomEvent(revealEvent, { detail: id, bubbles: true }));
    if (!node && frames++ < framesMax) requestAnimationFrame(look);
  };
  look();
}
