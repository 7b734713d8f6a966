import type { Pipeline } from '../../../pipeline/types.ts';
import type { TakeAwayKind } from './take-away.ts';

/** Those the tests run the projects with. */
export const versions = {
  piscina: '^5.3.2',
  'p-queue': '^9.3.5',
  bullmq: '^6.7.0',
  ioredis: '^5.11.1',
} as const;

export function packageFile(pipeline: Pipeline, kind: TakeAwayKind): string {
  const { piscina, 'p-queue': pQueue, bullmq, ioredis } = versions;
  const ofKind = kind === 'bullmq' ? { bullmq, ioredis } : {};
  const file = {
    name: projectName(pipeline),
    version: '0.1.0',
    private: true,
    type: 'module',
    engines: { node: '>=20.12' },
    scripts: {
      start: 'node main.js',
      ...(kind === 'bullmq' ? { worker: 'node worker.js' } : {}),
    },
    dependencies: { ...ofKind, 'p-queue': pQueue, piscina },
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}

/** The document's name as npm takes it. */
export function projectName({ name }: Pick<Pipeline, 'name'>): string {
  const slug = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-');
  return slug.replace(/^-|-$/g, '').slice(0, 60).replace(/-$/, '') || 'pipeline';
}
