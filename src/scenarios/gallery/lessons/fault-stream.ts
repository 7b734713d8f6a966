import type { PipelineDocument } from '../../../pipeline/types.ts';
import awaited from '../../stages/lessons/stream-awaited.ts?raw';
import faulty from '../../stages/lessons/stream-faulty.ts?raw';
import mended from '../../stages/lessons/stream-mended.ts?raw';

export const document: PipelineDocument = {
  format: 'millrace/1',
  name: 'Spot the fault: a stream of lines',
  notes:
    'Two faults in one loop, and neither says a word: the steps are in the Lesson tab, the code in the Code tab.\n\n**Look at** how many lines were stored. **Turn** the size of the chunks, in the code.',
  source: { kind: 'values', values: [{ lines: 1000 }] },
  stages: [{ id: 'read', name: 'Read', work: { kind: 'code', source: faulty } }],
  machine: { workers: 1 },
  lesson: [
    {
      title: 'Read it',
      text: 'A text of 1,000 lines comes in chunks of 100 letters. Each line is stored, which takes 1 ms.\n\n```\nfor (const chunk of chunks) {\n  for (const line of chunk.split("\\n"))\n    if (isWhole(line)) store(line);\n}\nreturn { lines: 1000, stored };\n```\n\nThere are two faults. Run it as it is.',
      ask: 'How many lines are stored when it says that it is done?',
      answers: ['none', 'about 800', 'all 1,000'],
      grade: { quantity: 'results/read/stored', limits: [300, 950] },
      why: 'None. `store` only *begins* to store and gives a promise; nobody waits for it. The loop is over before the first line is stored.',
      show: 'results',
    },
    {
      title: 'Wait for it',
      text: 'The first fault mended: all promises are collected, and `await Promise.all(…)` waits for them.',
      set: { '/stages/read/work/source': awaited },
      ask: 'What share of the lines is stored now?',
      answers: ['below half', 'about 80 %', 'all of them'],
      grade: { quantity: 'results/read/stored ÷ results/read/lines', limits: [0.5, 0.97] },
      why: 'A chunk ends wherever its 100 letters end, mostly in the middle of a line. Both halves of that line are no whole line, so both are left out, and nobody counts them.',
      show: 'results',
    },
    {
      title: 'Keep the rest',
      text: 'The second one mended: what stands behind the last line break of a chunk is kept and put before the next chunk.\n\n```\nconst lines = (rest + chunk).split("\\n");\nrest = lines.pop();\n```',
      set: { '/stages/read/work/source': mended },
      ask: 'What share is stored now?',
      answers: ['below half', 'about 80 %', 'all of them'],
      grade: { quantity: 'results/read/stored ÷ results/read/lines', limits: [0.5, 0.97] },
      why: 'All 1,000. No test with a text shorter than one chunk would ever have found it: count what goes in and what comes out.',
      show: 'results',
    },
  ],
};
