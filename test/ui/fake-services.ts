import {
  idealOverheads,
  type RunHandle,
  type RunReport,
  type RunRequest,
} from '../../src/engine/runner.ts';
import { evaluateTrials } from '../../src/explore/evaluate-trials.ts';
import type { TrialPool } from '../../src/explore/trials.ts';
import { idealDigest, simulate } from '../../src/simulate/simulate.ts';
import { claims, systems } from '../../src/scenarios/claims/index.ts';
import { gallery } from '../../src/scenarios/index.ts';
import { fakeCache, labOnThisThread } from './fake-cache.ts';
import { fakeShelf } from './fake-shelf.ts';
import type { Services } from '../../src/ui/services.ts';
import { canonicalBytes } from '../../src/base/canonical-bytes.ts';
import { digestHex } from '../../src/base/digest.ts';

/**
 * The page's services without workers and storage, for tests of components: a "live" run is a
 * simulated one, handed over as if it had been measured, and what is kept lives in this object.
 */
export function fakeServices(
  options: { text?: string; storage?: boolean; settings?: Record<string, string> } = {},
): Services & {
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
            resultsDigest: digestHex(canonicalBytes(report.trace.meta.items)).slice(0, 32),
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
    scheduleDigest: async (pipeline, options) => idealDigest(pipeline, options),
    calibrate: async () => ({
      overheads: {
        ...idealOverheads,
        messageMs: 0.02,
        turnMs: 0.01,
        dispatchMs: 0.05,
        contention: 0.1,
      },
      twoWorkerRatio: 2 / 1.1,
    }),
    compiler: {
      async check(source) {
        return source.includes('(((') ? [{ message: 'unexpected token', line: 1, column: 3 }] : [];
      },
      whole: async () => (await import('../../src/threads.ts')).compiler,
    },
    cache: fakeCache(),
    cacheLab: async () => labOnThisThread(),
    trials: async () => trialsOnThisThread,
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
        return true;
      },
      available: async () => options.storage ?? true,
      earlier: async () => [],
      reopen: async () => null,
    },
    versions: fakeShelf(),
    baselines: fakeShelf(),
    results: fakeShelf(),
    ledgers: fakeShelf(),
    settings: settingsIn(options.settings),
    tabSettings: settingsIn(),
    offline: {
      keep: async () => false,
      holdBusy: async () => () => {},
      install: { isThere: false, take: async () => false },
    },
    corpora: [{ name: 'sources', title: 'Sources', files: 40, bytes: 100_000 }],
    firstDocument: () => gallery[0]!.load(),
    sketcher: async () => ({
      predict: async (pipeline, options) => ({ ...simulate(pipeline, options), tookMs: 1 }),
      end() {},
    }),
    gallery: async () => gallery,
    claims: async () => ({ claims, systems }),
    environment: { cores, isolated: true, workers: true },
  };
}

const trialsOnThisThread: TrialPool = {
  run(request, onProgress = () => {}) {
    let isStopped = false;
    const work = async () => {
      const outcomes = [];
      for (let at = 0; at < request.sets.length && !isStopped; at++) {
        outcomes.push(...evaluateTrials(request, at, at + 1));
        onProgress(at + 1, outcomes);
        // A turn of the event loop, so that progress is seen and a stop is heard.
        await new Promise((resolve) => setTimeout(resolve));
      }
      return isStopped ? null : outcomes;
    };
    return { done: work(), stop: () => void (isStopped = true) };
  },
};

function settingsIn(known: Record<string, string> = {}): Services['settings'] {
  const all = new Map(Object.entries(known));
  return {
    get: (name) => all.get(name) ?? null,
    set: (name, value) => void (value === null ? all.delete(name) : all.set(name, value)),
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
