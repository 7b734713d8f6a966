/**
 * Who may import whom. A room is a folder (or a folder in it that has rules of its own); it may import
 * its own files, the rooms named here, and the npm packages named here. Type imports count like others.
 * If a room needs something its line forbids, the design is wrong or this table is: change the table in
 * the same commit and say why.
 */
export interface Room {
  rooms: readonly string[];
  packages: readonly string[];
}

/** What documents and traces are made of. */
export const foundation: readonly string[] = ['base', 'pipeline', 'trace'];
const engineAndBelow = [...foundation, 'engine'];

/** Longest matching folder wins: a file in `src/cache/policy` is in that room, not in `cache`. */
export const rooms: Readonly<Record<string, Room>> = {
  base: { rooms: [], packages: ['@noble/hashes'] },
  pipeline: { rooms: ['base'], packages: ['valibot'] },
  trace: { rooms: ['base'], packages: [] },
  engine: { rooms: foundation, packages: [] },
  simulate: { rooms: [...engineAndBelow, 'cache/policy'], packages: [] },
  live: {
    rooms: engineAndBelow,
    // The parser says where a syntax error is, and what kind; sucrase reports only the first token off. No
    // Comlink: what it exposes or proxies on a port hands out its constructor, and so the realm it lives in.
    packages: ['sucrase', '@babel/parser', '@babel/types'],
  },
  cache: { rooms: ['base', 'cache/policy', 'cache/store'], packages: [] },
  'cache/policy': { rooms: ['base'], packages: [] },
  'cache/store': { rooms: ['base', 'cache/policy'], packages: ['idb-keyval'] },
  measure: { rooms: foundation, packages: [] },
  explore: {
    // The claims it tests are data with types of their own.
    rooms: [...engineAndBelow, 'simulate', 'measure', 'cache/policy', 'scenarios/claims'],
    packages: [],
  },
  charts: {
    rooms: [...foundation, 'measure', 'charts/svg', 'charts/canvas'],
    packages: ['d3'],
  },
  'charts/svg': { rooms: [...foundation, 'measure', 'charts'], packages: ['d3'] },
  'charts/canvas': { rooms: [...foundation, 'measure', 'charts'], packages: ['d3'] },
  share: {
    // What came of claims, and which claims there are, is what a ledger's link and file are read against.
    rooms: [
      ...foundation,
      ...['measure', 'explore', 'charts/svg', 'scenarios/claims', 'share/export/take-away/project'],
    ],
    packages: ['valibot', 'd3', 'uqr', 'yaml', 'fflate'],
  },
  // Never part of the page: it is handed out as the text of Node projects.
  'share/export/take-away/project': {
    rooms: ['base', 'pipeline'],
    packages: ['node:*', 'piscina', 'p-queue', 'bullmq', 'ioredis'],
  },
  offline: { rooms: [], packages: [] },
  scenarios: { rooms: ['pipeline', 'scenarios/claims'], packages: ['@babel/parser'] },
  'scenarios/claims': { rooms: ['pipeline', 'scenarios'], packages: [] },
  ui: {
    rooms: [
      ...engineAndBelow,
      ...['measure', 'explore', 'charts', 'charts/svg', 'charts/canvas', 'share', 'scenarios'],
      'scenarios/claims',
    ],
    packages: ['svelte', '@xyflow/svelte', '@dagrejs/dagre', '@lucide/svelte', 'monaco-editor'],
  },
  cli: {
    rooms: [
      ...engineAndBelow,
      ...['simulate', 'live', 'cache', 'cache/policy', 'cache/store', 'measure', 'explore'],
      // Painters write SVG text as well, which needs no canvas.
      ...['charts', 'charts/svg', 'charts/canvas', 'share', 'scenarios', 'scenarios/claims'],
    ],
    packages: ['playwright', 'vite', 'node:*'],
  },
};

/** A `build` folder in a room holds Vite plugins: it runs on the builder's machine, never in the page. */
export const buildPackages: readonly string[] = ['vite', 'node:*'];

/** Files straight in `src/` put the parts together: they may import every room. */
export const compositionPackages: readonly string[] = ['comlink', 'svelte'];

/** Thin entry points: each may import one room (and the foundation); these are the rooms that can be exposed. */
export const workerRooms: readonly string[] = [
  ...engineAndBelow,
  'simulate',
  'live',
  'cache/store',
  'offline',
  // The cache lab replays for seconds.
  'explore',
];
export const workerPackages: readonly string[] = ['comlink'];

/** Modules that exist only in a running pipeline: example stage code imports them. */
export const stageModulePrefix = 'millrace:';
/** Modules made by a plugin in the room's own `build` folder. */
export const virtualPrefix = 'virtual:';
