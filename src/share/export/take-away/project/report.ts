import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import type { FlowResult } from './flow.ts';

const failuresShown = 10;

/** Writes the results to a file, one JSON object a line, and says what came of the run. */
export async function report(result: FlowResult, file: string, tookMs: number): Promise<void> {
  const { items, results, failures, digest, stopped } = result;
  const out = createWriteStream(file);
  for (const one of results) {
    if (!out.write(`${JSON.stringify(one, asJson)}\n`)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
  for (const { item, stage, message } of failures.slice(0, failuresShown)) {
    console.error(`Item ${item} failed at ${stage}: ${message}`);
  }
  if (failures.length > failuresShown) {
    console.error(`… and ${failures.length - failuresShown} more failures`);
  }
  const { emitted, delivered, dropped, failed } = items;
  console.log(
    `items      ${emitted}: ${delivered} delivered, ${dropped} dropped, ${failed} failed`,
  );
  console.log(`results    ${results.length}, in ${file}`);
  console.log(`time       ${Math.round(tookMs)} ms, with starting`);
  console.log(`digest     ${digest}`);
  if (stopped !== null) console.error(stopped);
  if (stopped !== null || (results.length === 0 && failures.length > 0)) process.exitCode = 1;
}

/** What JSON has no words for: maps and sets as lists, bytes and other arrays of numbers as lists, big integers as text. */
function asJson(_key: string, value: unknown): unknown {
  if (value instanceof Map || value instanceof Set) return [...value];
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
    return Array.from(value as unknown as ArrayLike<unknown>);
  }
  return typeof value === 'bigint' ? String(value) : value;
}
