import type { App } from '../state/app.svelte.ts';
import type { Command } from './command.ts';
import { entriesOf } from './entries-of.ts';

type LaneBy = App['timeline']['by'];
type Shown = App['timeline']['show'];
type Bands = App['timeline']['bands'];

const isSo = 'It is so already.';
const whyEmpty = ({ timeline }: App): string | null =>
  timeline.main === null ? 'There is no schedule yet: run it first.' : null;
const whyNotStill = (app: App): string | null =>
  app.runs.running ? 'A run is under way: wait for its end.' : whyEmpty(app);

const whyNotPlaying = (app: App): string | null =>
  whyNotStill(app) ?? (app.timeline.replay.isShown ? null : 'The charts are put away.');

const lanes: Readonly<Record<LaneBy, string>> = {
  worker: 'workers',
  stage: 'stages',
  item: 'items',
};
const schedules: Readonly<Record<Shown, string>> = {
  both: 'both schedules',
  predicted: 'the predicted schedule only',
  measured: 'the measured schedule only',
};
const bands: Readonly<Record<Bands, [what: string, words: string]>> = {
  queues: ['queues', 'levels memory buffer pressure'],
  states: ['states of the stages', 'busy blocked waiting pressure'],
};
const fileKinds = { svg: 'SVG picture', png: 'PNG picture', csv: 'CSV table' } as const;

const choices: Command[] = [
  ...entriesOf(lanes).map(([by, what]): Command => ({
    id: `lanes:${by}`,
    title: `Lanes by ${what}`,
    group: 'Schedule',
    words: 'group rows',
    whyOff: ({ timeline }) => (timeline.by === by ? isSo : null),
    async run({ timeline }) {
      // What makes lanes of items is no part of a first look.
      if (by !== 'item' || (await timeline.focus.load())) timeline.by = by;
    },
  })),
  ...entriesOf(schedules).map(([show, what]): Command => ({
    id: `show:${show}`,
    title: `Show ${what}`,
    group: 'Schedule',
    words: 'compare',
    whyOff: ({ timeline }) => (timeline.show === show ? isSo : null),
    run: ({ timeline }) => void (timeline.show = show),
  })),
  ...entriesOf(bands).map(([band, [what, words]]): Command => ({
    id: `bands:${band}`,
    title: `Show ${what} under the schedule`,
    group: 'Schedule',
    words,
    whyOff: ({ timeline }) => (timeline.bands === band ? isSo : null),
    run: ({ timeline }) => void (timeline.bands = band),
  })),
];

const looking: Command[] = [
  {
    id: 'zoom-all',
    title: 'Show the whole schedule',
    group: 'Schedule',
    keys: '0',
    words: 'zoom to all fit reset',
    whyOff: (app) => whyEmpty(app) ?? (app.timeline.zoomed ? null : isSo),
    run: ({ timeline }) => timeline.showAll(),
  },
  {
    id: 'critical-path',
    title: 'Critical path on or off',
    group: 'Schedule',
    keys: 'C',
    words: 'highlight longest chain light up',
    whyOff: whyNotStill,
    run: ({ timeline }) => timeline.focus.togglePath(),
  },
  {
    id: 'find-item',
    title: 'Find an item in the schedule',
    group: 'Schedule',
    keys: '/',
    words: 'search way lineage light up',
    whyOff: whyEmpty,
    run: ({ timeline }) => void timeline.focus.asked++,
  },
  {
    id: 'show-all-stages',
    title: 'Show all stages in the schedule',
    group: 'Schedule',
    words: 'legend filter hidden',
    whyOff: ({ timeline }) => (timeline.focus.hidden.size > 0 ? null : 'None is hidden.'),
    run: ({ timeline }) => timeline.focus.showAllStages(),
  },
];

const replaying: Command[] = [
  {
    id: 'replay',
    title: 'Play or pause the replay',
    group: 'Schedule',
    keys: 'Space',
    words: 'animate watch run again graph',
    whyOff: whyNotPlaying,
    run: async (app) => (await import('../timeline/replay-steps.ts')).toggleReplay(app),
  },
  ...([1, -1] as const).map((way): Command => ({
    id: way > 0 ? 'replay-next' : 'replay-back',
    title: way > 0 ? 'Replay: next event' : 'Replay: event before',
    group: 'Schedule',
    keys: way > 0 ? '.' : ',',
    words: 'step instant',
    whyOff: whyNotStill,
    run: async (app) => (await import('../timeline/replay-steps.ts')).stepReplay(app, way),
  })),
  {
    id: 'replay-off',
    title: 'Replay: leave the instant',
    group: 'Schedule',
    words: 'pin cursor end stop',
    whyOff: ({ timeline }) => (timeline.replay.pinnedMs === null ? 'No instant is held.' : null),
    run: ({ timeline }) => timeline.replay.pinAt(null),
  },
];

const exporting: Command[] = entriesOf(fileKinds).flatMap(([kind, name]): Command[] => [
  {
    id: `export-schedule:${kind}`,
    title: `Export the schedule as a ${name}`,
    group: 'Schedule',
    words: 'save download file image',
    onlySearched: true,
    whyOff: whyNotStill,
    run: async (app) => (await import('../timeline/export-schedule.ts')).exportSchedule(app, kind),
  },
  {
    id: `export-bands:${kind}`,
    title: `Export queues or states as a ${name}`,
    group: 'Schedule',
    words: 'save download file image levels',
    onlySearched: true,
    whyOff: whyNotStill,
    run: async (app) => (await import('../timeline/export-bands.ts')).exportBands(app, kind),
  },
]);
exporting.push({
  id: 'export-schedule:trace',
  title: 'Export the schedule as a Chrome trace',
  group: 'Schedule',
  words: 'save download file perfetto speedscope json profile',
  onlySearched: true,
  whyOff: whyNotStill,
  run: async (app) => (await import('../timeline/export-schedule.ts')).exportSchedule(app, 'trace'),
});

export const scheduleCommands: readonly Command[] = [
  ...choices,
  ...looking,
  ...replaying,
  ...exporting,
];
