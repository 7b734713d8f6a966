import type { PipelineDocument } from '../pipeline/types.ts';

/**
 * A document as JSON for a file: a line a field, and inside lists and tables a line an entry, so that a
 * thousand stages are a thousand lines, and two versions can be compared.
 */
export function documentLines(document: PipelineDocument): string {
  const fields = Object.entries(document).map(
    ([key, value]) => `  ${JSON.stringify(key)}: ${fieldText(value)}`,
  );
  return `{\n${fields.join(',\n')}\n}\n`;
}

function fieldText(value: unknown): string {
  const isList = Array.isArray(value);
  if (typeof value !== 'object' || value === null || Object.keys(value).length < 2) {
    return JSON.stringify(value);
  }
  const lines = Object.entries(value).map(([key, entry]) =>
    isList ? JSON.stringify(entry) : `${JSON.stringify(key)}: ${JSON.stringify(entry)}`,
  );
  const inner = lines.map((line) => `    ${line}`).join(',\n');
  return isList ? `[\n${inner}\n  ]` : `{\n${inner}\n  }`;
}
