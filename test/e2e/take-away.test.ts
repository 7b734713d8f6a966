/** Projects that are taken away, run as whoever took them would: what they deliver is what the page delivers. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCommandLine } from '../../src/cli/command-line.ts';
import { callHeadless, withHeadlessPage } from '../../src/cli/headless.ts';
import { projectFolder } from '../../src/cli/load-typescript.js';
import { parseDocument } from '../../src/pipeline/parse.ts';
import type { PipelineDocument } from '../../src/pipeline/types.ts';
import { gatherCorpora } from '../../src/scenarios/build/gather.ts';
import { gallery } from '../../src/scenarios/index.ts';
import type { TakeAwayKind } from '../../src/share/export/take-away/take-away.ts';
import { timeless } from '../share/export/take-away/timeless.ts';

const seed = Number(process.env['MILLRACE_SEED'] ?? Date.now() % 1_000_000);
const top = mkdtempSync(join(tmpdir(), 'millrace-take-away-'));
afterAll(() => rmSync(top, { recursive: true }));

/** A few files in the place of hundreds. */
async function shipped(id: string, count: number): Promise<PipelineDocument> {
  const document = await gallery.find((entry) => entry.id === id)!.load();
  const { source } = document;
  if (source?.kind === 'count') return { ...document, source: { ...source, count } };
  if (source?.kind !== 'corpus') return document;
  const { files } = gatherCorpora(projectFolder).find(({ name }) => name === source.corpus)!;
  return { ...document, source: { kind: 'values', values: files.slice(0, count) } };
}

/** Each task says that it has begun, and is open for a while. */
const begun =
  "export default async ({ index }, ctx) => { ctx.log('begun'); await ctx.wait(100); return index; }";
const watched: PipelineDocument = {
  format: 'millrace/1',
  source: { kind: 'count', count: 24 },
  stages: [{ id: 'work', work: { kind: 'code', source: begun } }],
  machine: { workers: 1, tasksPerWorker: 4 },
};

const documents: Record<string, PipelineDocument> = {
  watched,
  boardrev: await shipped('boardrev', 12),
  simtask: await shipped('simtask', 12),
  readmeflow: await shipped('readmeflow', 12),
  router: await shipped('router', 60),
  ...Object.fromEntries(
    fc
      .sample(
        timeless.filter((one) => parseDocument(one).pipeline !== null),
        { numRuns: 3, seed },
      )
      .map((document, at) => [`random ${at} of seed ${seed}`, document]),
  ),
};

/** Name → the digest of what the page delivers. */
const delivered: Record<string, string> = {};
beforeAll(async () => {
  await withHeadlessPage(
    () => {},
    async (page) => {
      for (const [name, document] of Object.entries(documents)) {
        const request = { document: JSON.stringify(document), repeat: 1 };
        const [run] = await callHeadless(page, 'run', request);
        delivered[name] = run!.summary.results!;
      }
    },
  );
});

/** Writes a project and returns its folder. */
async function taken(name: string, kind: TakeAwayKind): Promise<string> {
  const folder = join(top, `${kind}-${name.replace(/\W+/g, '-')}`);
  let said = '';
  const code = await runCommandLine(['export', '--to', kind, '-', folder], {
    out: () => {},
    err: (text) => (said += text),
    stdin: (async function* () {
      yield JSON.stringify(documents[name]);
    })(),
  });
  expect({ code, said }).toEqual({ code: 0, said: '' });
  symlinkSync(join(projectFolder, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}

/** Starts one of a project's files; `ended` gives the digest it printed. */
function start(folder: string, file: string, env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [file], { cwd: folder, env: { ...process.env, ...env } });
  let said = '';
  child.stdout.on('data', (text) => (said += String(text)));
  child.stderr.on('data', (text) => (said += String(text)));
  const ended = once(child, 'close').then(() => /digest +(\w+)/.exec(said)?.[1] ?? said);
  return { child, ended, said: () => said };
}

describe('a project for one machine', () => {
  test('delivers what the page delivers', async () => {
    const here: Record<string, string> = {};
    for (const name of Object.keys(documents)) {
      here[name] = await start(await taken(name, 'piscina'), 'main.js').ended;
    }
    expect(here).toEqual(delivered);
  });
});

const hasRedis = spawnSync('redis-server', ['--version']).status === 0;
const why = hasRedis ? '' : ' (skipped: there is no redis-server here)';

describe('a project for many machines', () => {
  let redis: ChildProcess;
  let env: Record<string, string>;
  beforeAll(async () => {
    if (!hasRedis) return;
    const probe = createServer().listen(0, '127.0.0.1');
    await once(probe, 'listening');
    const { port } = probe.address() as AddressInfo;
    probe.close();
    const options = `--port ${port} --bind 127.0.0.1 --save --appendonly no --dir ${top}`;
    redis = spawn('redis-server', options.split(' '), { stdio: 'ignore' });
    env = { REDIS_URL: `redis://127.0.0.1:${port}`, STALLED_MS: '1000' };
  });
  afterAll(() => redis?.kill());

  test.skipIf(!hasRedis)(
    `delivers the same, though one of its workers is killed in the middle of its tasks${why}`,
    async () => {
      const folder = await taken('watched', 'bullmq');
      const first = start(folder, 'worker.js', env);
      const second = start(folder, 'worker.js', env);
      const main = start(folder, 'main.js', env);
      await expect.poll(first.said, { timeout: 20_000 }).toContain('begun');
      first.child.kill('SIGKILL');
      expect(await main.ended).toBe(delivered['watched']);
      expect(second.said()).toContain('begun');
      second.child.kill('SIGTERM');
      await second.ended;
      expect(second.child.exitCode).toBe(0);
    },
  );
});
