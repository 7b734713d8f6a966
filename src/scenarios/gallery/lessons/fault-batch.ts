import type { PipelineDocument } from '../../../pipeline/types.ts';
import faulty from '../../stages/lessons/batch-faulty.ts?raw';
import mended from '../../stages/lessons/batch-mended.ts?raw';

export const document: PipelineDocument = {
  format: 'millrace/1',
  name: 'Spot the fault: a batch with a limit',
  notes:
    'Code that looks right and loses most of its work: the steps are in the Lesson tab, the code in the Code tab.\n\n**Look at** what the result says was kept. **Turn** the number in `slice`, in the code.',
  source: { kind: 'values', values: [{ inputs: 200 }] },
  stages: [{ id: 'process', name: 'Process', work: { kind: 'code', source: faulty } }],
  machine: { workers: 1 },
  lesson: [
    {
      title: 'Read it',
      text: 'This is the heart of a “parallel processor”. 200 inputs go through it in batches of 50; of each batch, four at a time are to be worked on.\n\n```\nasync function processBatch(batch, concurrency) {\n  const running = batch.slice(0, concurrency).map(square);\n  results.push(...(await Promise.all(running)));\n}\n```\n\nIn the end it reports 200 inputs as done.',
      ask: 'What share of the 200 results does it have?',
      answers: ['8 %', '50 %', 'all of them'],
      grade: { quantity: 'results/process/kept ÷ results/process/reported', limits: [0.3, 0.8] },
      why: '`slice(0, concurrency)` takes the first four of the batch, and nobody ever takes the other 46. 4 batches × 4 = 16 of 200. What it *reports* is a number that nobody counted.',
      show: 'results',
    },
    {
      title: 'A larger concurrency',
      text: 'Somebody raises the concurrency from 4 to 10. Nothing else is changed.',
      set: { '/stages/process/work/source': faulty.replace('at + 50), 4)', 'at + 50), 10)') },
      ask: 'How many results are there now?',
      answers: ['16', '40', '200'],
      grade: { quantity: 'results/process/kept', limits: [25, 120] },
      why: '4 × 10. That the number of results depends on the *concurrency* gives it away: a limit may change when things happen, never what comes out.',
      show: 'results',
    },
    {
      title: 'Mended',
      text: 'Now four workers take the next input as soon as they are done, until there is none left:\n\n```\nasync function work() {\n  while (next < inputs.length) {\n    const input = inputs[next++];\n    …\n  }\n}\nawait Promise.all([work(), work(), work(), work()]);\n```',
      set: { '/stages/process/work/source': mended },
      ask: 'It does the whole work now. How much longer does it take than the faulty one?',
      answers: ['as long', 'several times as long'],
      grade: { quantity: 'makespan', against: 'Read it', limits: [1.8] },
      why: 'The fault looked like a speedup. Whoever compares times must first see that both did the same work: count what came out.',
      show: 'schedule',
    },
  ],
};
