import type { RunReport } from '../../engine/runner.ts';
import { jsonText } from './json-text.ts';

/**
 * What a run delivered and what failed, as the text of a JSON file in parts: the whole may be longer than a
 * browser lets one text be.
 */
export function resultsFile(name: string, report: RunReport): string[] {
  const { trace, results, resultsOmitted, resultsDigest, failures, failuresOmitted } = report;
  const { makespan, items, ended } = trace.meta;
  const head = { name, ended, makespanMs: makespan, items, resultsDigest };
  const fields = Object.entries({ ...head, resultsOmitted, failuresOmitted });
  return [
    '{\n',
    ...fields.map(([key, value]) => `  ${JSON.stringify(key)}: ${jsonText(value, 0)},\n`),
    '  "results": ',
    // A field without a value would be missing.
    ...list(results.map(({ value, ...of }) => ({ ...of, value: value ?? null }))),
    ',\n  "failures": ',
    ...list(failures),
    '\n}\n',
  ];
}

function list(entries: readonly unknown[]): string[] {
  if (entries.length === 0) return ['[]'];
  const lines = entries.map((entry, i) => `${i === 0 ? '' : ',\n'}    ${jsonText(entry, 0)}`);
  return ['[\n', ...lines, '\n  ]'];
}
