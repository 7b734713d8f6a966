import { expect, it } from 'vitest';
import { glossary } from '../../src/ui/help/glossary.ts';

const standardTerms = [
  'Stage, Item, Task, Worker, Permit, Semaphore, Buffer, Back pressure, Makespan, Throughput',
  'Latency, Utilisation, Critical path, Speedup, Efficiency',
]
  .join(', ')
  .split(', ');

it.each(standardTerms)('explains %s', (term) => {
  const entry = glossary.find((each) => each.term === term);
  expect(entry?.text.length).toBeGreaterThan(20);
});

it('says each term once, and not again at the beginning of its own explanation', () => {
  expect(new Set(glossary.map(({ term }) => term)).size).toBe(glossary.length);
  for (const { term, text } of glossary) {
    expect(text, term).toMatch(/^\P{Ll}/u);
    expect(text.toLowerCase().startsWith(`${term.toLowerCase()}: `), term).toBe(false);
  }
});
