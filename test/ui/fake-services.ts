import type { RunHandle, RunReport, RunRequest } from '../../src/engine/runner.ts';
import { simulate } from '../../src/simulate/simulate.ts';
import { gallery } from '../../src/scenarios/index.ts';
import { fakeCache, labOnThisThread } from './fake-cache.ts';
import type { Services } from '../../src/ui/services.ts';
import { canonicalBytes } from '../../src/base/canonical-bytes.ts';
import { digestHex } from '../../src/base/digest.ts';

/**
 * The page's services without workers and storage, for tests of components: a "live" run is a
 * simulated one, handed over as if it had been measured, and what is kept lives in this object.
 */
export function fakeServices(options: { text?: string; storage?: boolean } = {}): Services & {
  /** `atOnce`: what was given to be kept by a page that was going away. */
  saved: { text: string | null; atOnce: string | null };
  runs: RunRequest[];
} {
  const saved: { text: string | null; atOnce: string | null } = {
    text: options.text ?? null,
    atOnce: null,
  };
  const runs: RunRequest[] = [];
  const cores = 2;
  return {
    saved,
    runs,
    live: {
      run(request): RunHandle {
        runs.push(request);
        let stop = (): void => {};
        const done = new Promise<RunReport>((resolve) => {
          const report = simulate(withoutCode(request), { cores, sourceItems: 40 });
          const live: RunReport = {
            ...report,
            resultsDigest: digestHex(canonicalBytes(report.trace.meta.items)),
            results: [
              { item: '0', stage: request.pipeline.stages.at(-1)!.id, value: { index: 0 } },
            ],
            failures: request.pipeline.stages
              .filter((stage) => stage.work.kind === 'code' && stage.work.source.includes('throw'))
              .map(({ id }) => ({
                item: '3',
                stage: id,
                attempt: 1,
                message: 'bad item',
                line: 2,
              })),
            environment: {
              browser: 'Test 1',
              cores,
              isolated: true,
              timerStepMs: 0.005,
              hidden: false,
            },
            models: Object.fromEntries(
              request.pipeline.stages
                .filter(({ work }) => work.kind === 'code')
                .map(({ id }) => [id, { phases: [{ cpu: 5 }] }]),
            ),
          };
          live.trace.meta.machine = 'live';
          stop = () => {
            live.trace.meta.ended = 'stopped';
            resolve(live);
          };
          // A turn of the event loop, so that "running" is seen.
          setTimeout(() => resolve(live), 20);
        });
        return { done, stop: () => stop(), pause() {}, resume() {} };
      },
    },
    predictor: {
      async predict(pipeline, { cores: predictedCores, overheads, sourceItems }) {
        const report = simulate(pipeline, {
          cores: predictedCores,
          overheads,
          ...(sourceItems !== undefined && { sourceItems }),
        });
        return { trace: report.trace, error: report.error, tookMs: 1 };
      },
      // A simulation here is over before anybody can stop it.
      stop() {},
    },
    compiler: {
      async check(source) {
        return source.includes('(((') ? [{ message: 'unexpected token', line: 1, column: 3 }] : [];
      },
    },
    cache: fakeCache(),
    cacheLab: async () => labOnThisThread(),
    workspace: {
      async load() {
        const { text } = saved;
        return text === null ? null : { id: 'kept', name: '', text, isEdited: true, savedAt: 0 };
      },
      async save({ text }) {
        saved.text = text;
      },
      saveAtOnce({ text }) {
        saved.atOnce = text;
      },
      available: async () => options.storage ?? true,
      earlier: async () => [],
      reopen: async () => null,
    },
    corpora: [{ name: 'sources', title: 'Sources', files: 40, bytes: 100_000 }],
    firstDocument: () => gallery[0]!.load(),
    gallery: async () => gallery,
    environment: { cores, isolated: true, workers: true },
  };
}

/** Code cannot be simulated: here each task of it takes 5 ms. */
function withoutCode({ pipeline }: RunRequest): RunRequest['pipeline'] {
  return {
    ...pipeline,
    stages: pipeline.stages.map((stage) =>
      stage.work.kind === 'code'
        ? { ...stage, work: { kind: 'synthetic', phases: [{ cpu: 5 }] } }
        : stage,
    ),
  };
}
