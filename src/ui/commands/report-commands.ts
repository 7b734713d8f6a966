import { whyBusy, type Command } from './command.ts';

/** What is taken away from here: reports, and what later changes are held against. */
export const reportCommands: readonly Command[] = [
  {
    id: 'save-report',
    title: 'Save report (HTML)',
    group: 'Document',
    words: 'export download results offline print share',
    run: async (app) => (await import('../report/save-report.ts')).saveReport(app),
  },
  {
    id: 'copy-report',
    title: 'Copy report as Markdown',
    group: 'Document',
    words: 'export clipboard results share',
    run: async (app) => (await import('../report/save-report.ts')).copyReport(app),
  },
  {
    id: 'take-away:piscina',
    title: 'Take away as a Node project for one machine (zip)',
    group: 'Document',
    words: 'export download code piscina p-queue threads',
    run: async (app) => (await import('../files/take-away.ts')).saveTakeAway(app, 'piscina'),
  },
  {
    id: 'take-away:bullmq',
    title: 'Take away as a Node project for many machines (zip)',
    group: 'Document',
    words: 'export download code bullmq redis distributed jobs workers',
    run: async (app) => (await import('../files/take-away.ts')).saveTakeAway(app, 'bullmq'),
  },
  {
    id: 'save-baseline',
    title: 'Measure and save a baseline',
    group: 'Run',
    words: 'regression gate keep times check',
    whyOff: whyBusy,
    run: async (app) => (await import('../targets/measure-baseline.ts')).saveBaseline(app),
  },
  {
    id: 'compare-baseline',
    title: 'Compare with the baseline',
    group: 'Run',
    words: 'regression gate slower faster check',
    whyOff: whyBusy,
    run: async (app) => (await import('../targets/compare-baseline.ts')).compareInTurns(app),
  },
];
