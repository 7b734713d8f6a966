import { idealOverheads, type RunReport } from '../../engine/runner.ts';
import { factsOf } from '../../explore/run-facts.ts';
import { isNearLimit } from '../../measure/lesson-grade.ts';
import type { MeasuredEnvironment } from '../../measure/environments.ts';
import { quantityOf, type RunFacts } from '../../measure/quantity.ts';
import { summarize } from '../../measure/summary.ts';
import { parseDocument } from '../../pipeline/parse.ts';
import type { LessonStep, Pipeline, PipelineDocument } from '../../pipeline/types.ts';
import { cacheNamespace } from '../state/work.ts';
import type { LessonDesk } from './lesson-desk.svelte.ts';
import { againstOf, valueAt, type StepRun } from './progress.ts';
import { machineOfStep } from './step-machine.ts';

/** Where a value is near a limit the step is run so often, but no longer than this in all. */
const runsMax = 5;
const repeatBudgetMs = 8000;

/** Runs a step of the lesson and notes what it came to; what goes wrong is said by the page or here. */
export async function runStep(desk: LessonDesk, at: number): Promise<void> {
  const { app, lesson, attempt } = desk;
  const { workId } = app.doc;
  const other = againstOf(lesson, at);
  const steps = other < 0 ? [at] : [other, at];
  const documents = steps.map((step) => desk.documentOf(step));
  if (documents.some((document) => document === null))
    return desk.refuse('The settings of this step do not fit the document');
  const machine = machineOfStep(desk, at).is;
  const first = steps.filter((step) => step === at || !hasRun(desk, step, machine));
  const startMs = performance.now();
  for (let round = 0; round < runsMax; round++) {
    for (const step of round === 0 ? first : steps) {
      desk.working = wordsOf(round, step === at ? null : lesson[step]!.title);
      // Turned meanwhile: what is run live is the open document, and that would be something else.
      if (step === at && machine === 'live' && desk.isElsewhere)
        return round > 0
          ? undefined
          : desk.refuse('The document was changed while that ran: run the step again');
      const done = await runOnce(desk, step, machine, documents[steps.indexOf(step)]!);
      if (done === null) return;
      const { environment, ...run } = done;
      const progress = desk.progress?.steps[step];
      // Another document, or another lesson, came meanwhile, or it was begun anew.
      if (!progress || desk.attempt !== attempt || app.doc.workId !== workId) return;
      // The first run says on which machine a step is graded: its own, not one for another step to compare with.
      const isFirst = step === at && !progress.isRun;
      const runs = isFirst ? [run, ...progress.runs] : [...progress.runs, run];
      desk.note(step, { ...progress, runs, isRun: progress.isRun || step === at }, environment);
      if (desk.progress!.at !== at) return;
    }
    const value = desk.progress && lesson[at]!.grade ? valueAt(desk.progress, lesson, at) : null;
    const isDear = performance.now() - startMs > repeatBudgetMs;
    if (machine === 'simulated' || isDear || !value || !isNearLimit(lesson[at]!, value)) return;
  }
}

const hasRun = ({ progress }: LessonDesk, step: number, machine: StepRun['machine']): boolean =>
  progress?.steps[step]?.runs.some((run) => run.machine === machine) === true;

function wordsOf(round: number, other: string | null): string {
  const again = round === 0 ? '' : `, once more because it is close: ${round + 1} of ${runsMax}`;
  return `Running ${other === null ? 'this step' : `“${other}” to compare with`}${again}`;
}

async function runOnce(
  desk: LessonDesk,
  step: number,
  machine: StepRun['machine'],
  document: PipelineDocument,
): Promise<(StepRun & { environment: MeasuredEnvironment | null }) | null> {
  const { pipeline, problems } = parseDocument(document);
  if (pipeline === null) {
    desk.refuse(problems[0]?.message ?? 'The document cannot be run');
    return null;
  }
  const done =
    machine === 'simulated'
      ? await predicted(desk, pipeline, desk.lesson[step]?.grade?.machine === 'simulated')
      : await live(desk, step === desk.progress?.at, document, pipeline);
  if (done === null) return null;
  const { facts, environment } = done;
  const values: Record<string, number> = {};
  for (const quantity of quantitiesOf(desk.lesson)) {
    const value = quantityOf(facts, quantity);
    if (value !== null && Number.isFinite(value)) values[quantity] = value;
  }
  return { machine, values, environment };
}

const quantitiesOf = (lesson: readonly LessonStep[]): Set<string> =>
  new Set(lesson.flatMap(({ grade }) => grade?.quantity ?? []));

interface Done {
  facts: RunFacts;
  /** null: it was predicted. */
  environment: MeasuredEnvironment | null;
}

/** null: it was stopped or failed, and the page says so. */
async function live(
  { app, refuse }: Pick<LessonDesk, 'app' | 'refuse'>,
  isShown: boolean,
  document: PipelineDocument,
  pipeline: Pipeline,
): Promise<Done | null> {
  const { work } = app.doc.present;
  // What an earlier run kept would make this one another experiment.
  if (keepsSomething(pipeline))
    await app.services.cache.clear(cacheNamespace(work)).catch(() => null);
  let report: RunReport | undefined;
  if (isShown) report = (await app.run())?.report;
  else if (app.runnable(pipeline))
    report = (await app.runs.run({ document, work, pipeline, prediction: null }))?.report;
  if (!report) return null;
  const { error, trace } = report;
  if (!isShown && error) refuse(error.message);
  if (error || trace.meta.ended === 'stopped') return null;
  return { facts: factsOf(report, pipeline), environment: report.environment };
}

const keepsSomething = ({ stages }: Pipeline): boolean =>
  stages.some(({ cache, work }) => cache !== null || work.kind === 'code');

/** The page may ask for a prediction meanwhile, which ends this one. */
const predictionTries = 5;

/** @param isAsked the lesson asks for a prediction: it is to be the same for everybody, whatever their browser costs */
async function predicted(
  { app, refuse }: LessonDesk,
  pipeline: Pipeline,
  isAsked: boolean,
): Promise<Done | null> {
  const { predictor, environment } = app.services;
  const cores = pipeline.machine.cores ?? environment.cores;
  const sourceItems = app.sourceItems(pipeline);
  for (let tries = 0; tries < predictionTries; tries++) {
    const prediction = await predictor.predict(pipeline, {
      ...{ cores, overheads: isAsked ? idealOverheads : app.prediction.overheads },
      ...(sourceItems !== null && { sourceItems }),
    });
    if (prediction === null) continue;
    if (prediction.error === null)
      return {
        facts: { summary: summarize(prediction.trace, pipeline), counters: [], results: {} },
        environment: null,
      };
    refuse(prediction.error.message);
    return null;
  }
  refuse('The prediction did not come to its end: run the step again');
  return null;
}
