import { same } from '../../base/same-json.ts';
import { formatMs } from '../../base/units.ts';
import { idealOverheads, type Overheads } from '../../engine/runner.ts';
import type { ReportBlock } from '../../share/report/report.ts';
import { overheadWords } from '../prediction/overhead-words.ts';
import type { App } from '../state/app.svelte.ts';
import { sweepOf } from '../sweep/sweep-store.svelte.ts';
import { tunerOf } from '../tune/tuner-store.svelte.ts';
import { whatIfOf } from '../whatif/what-if-store.svelte.ts';
import type { Told } from './part.ts';

/** Where it was measured: what a reader elsewhere must know before comparing times. */
export function environmentPart(app: App): Told {
  const { runs, services, experiment } = app;
  const measured = Object.values(experiment.measured).flatMap(({ reports }) => reports);
  const reports = [runs.last?.report, ...measured];
  const known = reports.find((report) => report?.environment)?.environment;
  const { cores, isolated } = services.environment;
  const facts: (readonly [string, string])[] = [
    ['Browser', known?.browser ?? 'not known: nothing ran'],
    ['Cores', String(known?.cores ?? cores)],
    ['Isolated from other pages', (known?.isolated ?? isolated) ? 'yes' : 'no'],
  ];
  if (known) {
    const isHidden = reports.some((report) => report?.environment?.hidden);
    facts.push(
      ['Step of the clock', formatMs(known.timerStepMs)],
      ['Tab hidden during a run', isHidden ? 'yes, which slows it' : 'no'],
    );
  }
  return {
    title: 'Environment',
    blocks: [{ kind: 'facts', facts }, ...machinesUsed(app).flatMap(machineBlocks)],
  };
}

/** A machine, and which figures of this report were predicted for it. */
interface MachineUsed {
  overheads: Overheads;
  parts: string[];
}

function machinesUsed(app: App): MachineUsed[] {
  const { answer } = whatIfOf(app);
  const before = app.runs.last?.prediction;
  const used: [part: string, overheads: Overheads | undefined][] = [
    ['the prediction of the document as it is', app.prediction.overheads],
    ['the prediction before the last run', before?.overheads],
    // A replay of a run has the costs of that run.
    ['What if', answer && answer.of.models === null ? answer.replay.overheads : undefined],
    ['Sweep', sweepOf(app).shown?.overheads],
    ['Tuning', tunerOf(app).shown?.of.overheads],
  ];
  const machines: MachineUsed[] = [];
  for (const [part, overheads] of used) {
    if (overheads === undefined) continue;
    const known = machines.find((one) => same(one.overheads, overheads));
    if (known) known.parts.push(part);
    else machines.push({ overheads, parts: [part] });
  }
  return machines;
}

function machineBlocks({ overheads, parts }: MachineUsed): ReportBlock[] {
  const what = parts.join(', ');
  if (same(overheads, idealOverheads)) {
    const text = `Of an ideal machine, on which starting workers and tasks costs nothing: ${what}.`;
    return [{ kind: 'text', text }];
  }
  const facts = overheadWords
    .filter(({ name }) => overheads[name] > 0)
    .map(({ name, title, format }) => [title, format(overheads[name])] as const);
  return [
    { kind: 'text', text: `Of this browser, with the costs that were measured of it: ${what}.` },
    { kind: 'facts', facts },
  ];
}
