import type { CDPSession } from 'playwright';

/** What of a heap snapshot is read here: V8's format, all nodes in one row of numbers. */
export interface HeapSnapshot {
  snapshot: {
    meta: {
      node_fields: string[];
      /** Of fields with names for their values, those. */
      node_types: (string[] | string)[];
    };
  };
  nodes: number[];
}

/** Bytes of machine code, bytecode and what belongs to them. */
export function compiledBytesOf({ snapshot, nodes }: HeapSnapshot): number {
  const { node_fields, node_types } = snapshot.meta;
  const typeAt = node_fields.indexOf('type');
  const sizeAt = node_fields.indexOf('self_size');
  const code = (node_types[typeAt] as string[]).indexOf('code');
  let bytes = 0;
  for (let node = 0; node < nodes.length; node += node_fields.length) {
    if (nodes[node + typeAt] === code) bytes += nodes[node + sizeAt]!;
  }
  return bytes;
}

/** Of the page's own thread, now. */
export async function compiledBytes(session: CDPSession): Promise<number> {
  const chunks: string[] = [];
  const keep = ({ chunk }: { chunk: string }): void => void chunks.push(chunk);
  session.on('HeapProfiler.addHeapSnapshotChunk', keep);
  try {
    await session.send('HeapProfiler.takeHeapSnapshot');
  } finally {
    session.off('HeapProfiler.addHeapSnapshotChunk', keep);
  }
  return compiledBytesOf(JSON.parse(chunks.join('')) as HeapSnapshot);
}
