/** Keys, menus and the clipboard of the graph: they come with the first sign that somebody wants to use it. */
export const loadHands = () => import('./hands/hands.ts');
export type Hands = Awaited<ReturnType<typeof loadHands>>;
