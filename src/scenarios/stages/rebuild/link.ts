interface Compiled {
  path: string;
  functions: number;
  emitted: string[];
}

/** Lists what the builds brought forth: each thing once, however often it was asked for. */
export default function link(modules: Compiled[]) {
  const emitted = [...new Set(modules.flatMap((module) => module.emitted))].sort();
  return { modules: modules.length, emitted };
}
