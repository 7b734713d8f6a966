/**
 * A stage that works as most code does: it makes strings, objects and trees of them, looks words up and sorts.
 * Calibration runs it to see what the browser's compiler and garbage collector want beside it. A fixed
 * amount, some 15 ms when it has been compiled.
 */
export const codeWork = `
const roots = ['stage', 'worker', 'permit', 'buffer', 'item', 'queue', 'batch', 'lane'];
function countWords() {
  let seed = 1;
  const words = [];
  for (let i = 0; i < 8000; i++) {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    words.push(roots[seed >>> 29] + ((seed >>> 8) % 1500));
  }
  const found = new Map();
  for (const word of words.join(' ').match(/[a-z]+\\d+/g)) {
    const entry = found.get(word);
    if (entry) entry.count++;
    else found.set(word, { word, count: 1 });
  }
  return [...found.values()].sort((a, b) => b.count - a.count || (a.word < b.word ? -1 : 1));
}
const treeOf = (depth, number) =>
  depth === 0
    ? { leaf: number }
    : { left: treeOf(depth - 1, 2 * number), right: treeOf(depth - 1, 2 * number + 1), name: 'n' + number };
const sizeOf = (tree) =>
  tree.left === undefined ? tree.leaf : sizeOf(tree.left) + sizeOf(tree.right) + tree.name.length;
export default () => countWords().length + sizeOf(treeOf(15, 1));
`;
