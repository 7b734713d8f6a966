import { expect, test } from 'vitest';
import type { PipelineDocument } from '../../src/pipeline/types.ts';
import { linkText, readLink } from '../../src/share/link/link-text.ts';
import { usingBrowser } from './open-page.ts';

const openPage = usingBrowser();
const taught: PipelineDocument = {
  format: 'millrace/1',
  name: 'Taught',
  source: { kind: 'count', count: 20 },
  stages: [{ id: 'work', work: { kind: 'synthetic', phases: [{ wait: 5 }] } }],
  machine: { workers: 1 },
  lesson: [
    {
      title: 'Alone',
      text: '20 items of 5 ms each.',
      ask: 'How long?',
      answers: ['less than ten seconds', 'minutes'],
      grade: { quantity: 'makespan', limits: [10_000] },
    },
  ],
};

test('answers to a lesson that came as a link go back as a link, and are the class of whoever opens it', async () => {
  const student = await openPage(await linkText({ document: taught }));
  const panel = student.getByRole('tabpanel');
  await panel.getByRole('button', { name: 'Begin the lesson' }).click();
  await panel.getByRole('radio', { name: 'less than ten seconds' }).click();
  await panel.getByRole('button', { name: 'Run this step' }).click();
  await panel.getByText('Right.', { exact: true }).waitFor();
  await panel.getByRole('button', { name: 'To the end' }).click();
  await panel.getByLabel(/^Your name/).fill('Ada');
  const field = panel.getByLabel('Link with your answers');
  await expect.poll(() => field.inputValue()).toMatch(/#1\.[\w-]+$/);
  const { hash } = new URL(await field.inputValue());
  const read = await readLink(hash);
  expect(read.ok && read.value.answers).toMatchObject({ name: 'Ada', steps: [{ guess: 0 }] });
  await student.close();

  const teacher = await openPage(hash);
  const row = teacher.getByRole('tabpanel').getByRole('row', { name: /^Ada/ });
  await row.waitFor();
  expect(await row.innerText()).toMatch(/Ada\s+1 of 1\s+less than ten seconds right/);
});
