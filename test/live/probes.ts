import { code, runLive } from './run-live.ts';

/**
 * The text of a stage that tries expressions one by one and returns a text each: what it gives, or "Name: message"
 * of the error it meets. They see `ctx`, and what `before` declares.
 */
export const attempts = (expressions: readonly string[], before = ''): string => `
${before}
export default async (_, ctx) => {
  const found = [];
  for (const attempt of [
${expressions.map((one) => `    async () => (${one}),`).join('\n')}
  ]) {
    try {
      found.push(String(await attempt()));
    } catch (error) {
      found.push(error.name + ': ' + error.message);
    }
  }
  return found;
};`;

/** What one expression gives in a stage of its own run. */
export async function probe(expression: string): Promise<string> {
  const report = await runLive({
    source: { kind: 'values', values: [1] },
    stages: [code('a', attempts([expression]))],
    machine: { workers: 1 },
  });
  if (report.error) throw new Error(report.error.message);
  return (report.results[0]!.value as string[])[0]!;
}
