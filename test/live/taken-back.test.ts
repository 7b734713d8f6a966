import { describe, expect, test } from 'vitest';
import { plain } from '../../src/engine/machine.ts';
import { compilePlan } from '../../src/engine/plan.ts';
import { epochMs, RunClock } from '../../src/live/coordinator/clock.ts';
import { LiveMachine } from '../../src/live/coordinator/live-machine.ts';
import { Reporter } from '../../src/live/coordinator/reporter.ts';
import { Results } from '../../src/live/coordinator/results.ts';
import { ReadyFeed } from '../../src/live/coordinator/source-feed.ts';
import type { StageWorker } from '../../src/live/coordinator/worker-link.ts';
import { packEnds, unpackTasks } from '../../src/live/packing.ts';
import type { FromWorker, ToWorker, WireTask } from '../../src/live/wire.ts';
import { withDefaults } from '../../src/pipeline/defaults.ts';
import { Outcome } from '../../src/trace/types.ts';

const items = 12;

/** Keeps what it is sent; ends its tasks, or breaks, when the test says so. */
class Puppet implements StageWorker {
  onmessage: Worker['onmessage'] = null;
  onmessageerror: Worker['onmessageerror'] = null;
  onerror: Worker['onerror'] = null;
  readonly sent: WireTask[] = [];
  isGone = false;
  #ended = 0;

  postMessage(message: ToWorker): void {
    if (message.type === 'tasks') unpackTasks(message.tasks, this.sent);
  }
  terminate(): void {
    this.isGone = true;
  }
  #say(data: FromWorker | 'nonsense'): void {
    this.onmessage?.call(this as unknown as Worker, { data } as MessageEvent<FromWorker>);
  }
  isReady(): void {
    this.#say({ type: 'ready' });
  }
  /** Its next task has ended. */
  end(): void {
    const { task, number } = this.sent[this.#ended++]!;
    const at = epochMs();
    const times = { startMs: at, endMs: at, setupMs: 0, waitedMs: 0 };
    const values = { values: [1], codes: [plain], entryFaults: [], fault: null };
    this.#say({ type: 'ends', ends: packEnds([{ task, number, ...times, ...values }]) });
  }
  dies(): void {
    this.#say('nonsense');
  }
}

/** Two workers, each with one task and some sent ahead. */
function begun() {
  const pipeline = withDefaults({
    format: 'millrace/1',
    source: { kind: 'count', count: items },
    stages: [{ id: 'a', work: { kind: 'code', source: '' } }],
    machine: { workers: 2 },
  });
  const puppets: Puppet[] = [];
  const machine = new LiveMachine({
    plan: compilePlan(pipeline, { cores: 2, cache: 'off', sendAheadMs: 3 }),
    code: { units: [], stageUnits: [0], sourceUnit: -1 },
    clock: new RunClock(),
    makeWorker: () => {
      const puppet = new Puppet();
      puppets.push(puppet);
      return puppet;
    },
    ...{ turnsPerMs: 0, practice: 0, timerStepMs: 1, cachePort: null },
    feed: new ReadyFeed(items, (index) => ({ index })),
    reporter: new Reporter(() => {}),
    results: new Results(false),
    over: () => {},
  });
  machine.prepare();
  puppets.forEach((puppet) => puppet.isReady());
  // Its tasks are known to be short now: more are sent ahead.
  puppets[0]!.end();
  return { machine, puppets };
}

/** Ends of tasks by their outcome. */
function outcomes({ trace }: LiveMachine) {
  const count = (outcome: number): number =>
    Array.from(trace.tasks.outcome.subarray(0, trace.tasks.count)).filter((one) => one === outcome)
      .length;
  return { ok: count(Outcome.ok), lost: count(Outcome.lost), cancelled: count(Outcome.cancelled) };
}

// The simulated coordinator copies what it has chosen, whatever becomes of its worker meanwhile: as this one does.
describe('tasks that are taken back from a worker before it began them', () => {
  test('had all been sent, and so copied; to another worker they are sent once more', () => {
    const { machine, puppets } = begun();
    const [one, other] = puppets as [Puppet, Puppet];
    const sentAhead = one.sent.length - 2;
    expect(sentAhead).toBeGreaterThan(0);
    const lost = one.sent.slice(1).map(({ item }) => item);
    one.dies();
    expect(puppets).toHaveLength(3);
    puppets[2]!.isReady();
    for (let ended = 0; ended < items; ended++) {
      for (const puppet of [other, puppets[2]!]) if (puppet.sent.length > ended) puppet.end();
    }
    const again = [...other.sent, ...puppets[2]!.sent].map(({ item }) => item);
    expect(again).toEqual(expect.arrayContaining(lost));
    expect(machine.trace.meta.ended).toBe('done');
    expect(one.sent.length + other.sent.length + puppets[2]!.sent.length).toBe(items + lost.length);
  });

  test('when the run is stopped there is nothing that was chosen and not sent', () => {
    const { machine, puppets } = begun();
    const sent = () => puppets.reduce((sum, puppet) => sum + puppet.sent.length, 0);
    const sentBefore = sent();
    machine.stop();
    expect(machine.trace.meta.ended).toBe('stopped');
    expect(sent()).toBe(sentBefore);
    const { ok, cancelled } = outcomes(machine);
    expect(ok).toBe(1);
    expect(cancelled).toBe(sentBefore - 1);
    expect(puppets.every(({ isGone }) => isGone)).toBe(true);
  });
});
