import { strFromU8, unzipSync } from 'fflate';
import { expect, test, vi } from 'vitest';
import type { PipelineDocument } from '../../src/pipeline/types.ts';
import { reportCommands } from '../../src/ui/commands/report-commands.ts';
import { App } from '../../src/ui/state/app.svelte.ts';
import { fakeServices } from './fake-services.ts';

const documentOf = (source: string): PipelineDocument => ({
  format: 'millrace/1',
  name: 'More',
  stages: [{ id: 'more', work: { kind: 'code', source } }],
});

/** Runs the palette's command, with the compiler of the page. */
async function takeAway(app: App): Promise<void> {
  const command = reportCommands.find(({ id }) => id === 'take-away:piscina')!;
  await command.run(app);
}

test('saves the document as a project, zipped: its own code, without types', async () => {
  const made = vi.spyOn(URL, 'createObjectURL');
  const clicked = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => {});
  try {
    const app = new App(fakeServices());
    app.open(documentOf('export default (item: number): number => item + 1;'));
    await takeAway(app);
    const [blob] = made.mock.lastCall as [Blob];
    expect((clicked.mock.contexts.at(-1) as HTMLAnchorElement).download).toBe('more-piscina.zip');
    const files = unzipSync(new Uint8Array(await blob.arrayBuffer()));
    expect(strFromU8(files['more-piscina/stages/more.js']!)).toBe(
      'export default (item) => item + 1;\n',
    );
    expect(strFromU8(files['more-piscina/lib/flow.js']!)).not.toContain('interface ');
    expect(Object.keys(files)).toContain('more-piscina/README.md');
  } finally {
    made.mockRestore();
    clicked.mockRestore();
  }
});

test('says what is wrong with the code in place of a file', async () => {
  const app = new App(fakeServices());
  app.open(documentOf('export default (item => item'));
  await takeAway(app);
  expect(app.messages.list.map(({ text }) => text).join()).toMatch(/code has errors: stage more/);
});
