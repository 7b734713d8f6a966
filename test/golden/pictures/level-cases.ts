import { paintLevels } from '../../../src/charts/canvas/paint-levels.ts';
import { paintBandCursor } from '../../../src/charts/canvas/paint-band.ts';
import { memoryTrack, queueTracks } from '../../../src/charts/layout/level-tracks.ts';
import { layoutLevels } from '../../../src/charts/layout/levels.ts';
import { fullAxis } from '../../../src/charts/layout/time-axis.ts';
import { paintStates, paintStateSwatch } from '../../../src/charts/canvas/paint-states.ts';
import { layoutStates } from '../../../src/charts/layout/state-bands.ts';
import { stageColour } from '../../../src/charts/stage-colours.ts';
import { stateWords } from '../../../src/charts/state-words.ts';
import { wallStates } from '../../../src/measure/state-timeline.ts';
import { stateTimelines } from '../../../src/measure/wall-shares.ts';
import { Mark } from '../../../src/trace/types.ts';
import { asciiTrace, drawnTrace, type DrawnMark } from '../../fixtures/ascii-trace.ts';
import { pictureFont, type Picture } from './picture.ts';

const widthPx = 360;
const leftPx = 90;

function pressed() {
  const trace = asciiTrace(`
    stages  a b
    w0      aaaa~~ aaa~ aaaa
    w1          bbbbb bbbbbb
    w2      aaa   bbbb
    drop       b     b
    gate b      p   o
  `);
  trace.meta.stages[1]!.capacity = 2;
  return trace;
}

export function queuesWithCapacity(): Picture {
  const heightPx = 110;
  const trace = pressed();
  const tracks = queueTracks(trace, (stage) => ({
    parents: stage === 1 ? [0] : [],
    throttles: true,
  }));
  const axis = fullAxis(trace.meta.makespan, leftPx, widthPx - leftPx);
  const scene = layoutLevels(tracks, axis, heightPx);
  return {
    ...{ widthPx, heightPx },
    shows:
      'Ponds with their brim, drops as wedges, shaded where a full pond holds back the stage above.',
    paint(context, theme) {
      const options = { theme, font: pictureFont };
      paintLevels(context, scene, options);
      const readouts = ['1 waiting', '2 of 2 waiting · 1 running'];
      paintBandCursor(context, scene, { ms: 7, readouts }, options);
    },
  };
}

export function memoryAgainstItsBudget(): Picture {
  const heightPx = 60;
  const trace = pressed();
  trace.tasks.bytes.fill(400);
  trace.tasks.held.fill(800);
  const axis = fullAxis(trace.meta.makespan, leftPx, widthPx - leftPx);
  const scene = layoutLevels([memoryTrack(trace, { budget: 1250, mark: 1000 })], axis, heightPx);
  return {
    ...{ widthPx, heightPx },
    shows: 'Bytes of payloads in flight, with the mark from which the source pauses.',
    paint: (context, theme) => paintLevels(context, scene, { theme, font: pictureFont }),
  };
}

export function dropsThatWouldCoverEachOther(): Picture {
  const heightPx = 80;
  const at = (time: number, kind: Mark, stage: number, item = 1): DrawnMark => ({
    ...{ time, kind, stage },
    ...{ item, value: -1 },
  });
  const trace = drawnTrace(
    ['a', 'b'],
    [
      { stage: 0, worker: 0, start: 2, end: 20, leave: 20, ready: 0 },
      { stage: 1, worker: 1, start: 24, end: 40, leave: 40, ready: 20 },
    ],
    [
      ...[5, 5.2, 5.4, 5.6, 20, 30, 30.1].map((time) => at(time, Mark.dropNewest, 0)),
      ...[10, 30].map((time, item) => at(time, Mark.orphaned, 1, item)),
    ],
  );
  const axis = fullAxis(trace.meta.makespan, leftPx, widthPx - leftPx);
  const scene = layoutLevels(queueTracks(trace), axis, heightPx);
  return {
    ...{ widthPx, heightPx },
    shows:
      'Dropped items as wedges with their number, halves of pairs that were orphaned as half discs.',
    paint: (context, theme) => paintLevels(context, scene, { theme, font: pictureFont }),
  };
}

export function statesStackedToTheWhole(): Picture {
  const heightPx = 160;
  const trace = asciiTrace(`
    stages  a b c
    w0      AAAaaa~~~~ aaaa~
    w1             bbb bb bbbb
    w2        cc   cc  cc  c c
    gate a           w   o
    gate b      p  o     l  o
    gate c  o
  `);
  const tracks = stateTimelines(trace).map((timeline, stage) => ({
    ...{ stage, timeline },
    label: trace.meta.stages[stage]!.name,
  }));
  const axis = fullAxis(trace.meta.makespan, leftPx, widthPx - leftPx);
  const scene = layoutStates(tracks, axis, heightPx);
  return {
    ...{ widthPx, heightPx },
    shows:
      'What each stage did: busy solid, set-up paler, blocked hatched, waiting pale with lines for what.',
    paint: (context, theme) => paintStates(context, scene, { theme, font: pictureFont }),
  };
}

/** Every state beside its neighbours, as in the legend. */
export function everyState(): Picture {
  const [cellPx, heightPx] = [28, 20];
  return {
    ...{ widthPx: wallStates.length * cellPx, heightPx },
    shows: `From left to right: ${wallStates.map((state) => stateWords[state]).join(', ')}.`,
    paint(context, theme) {
      wallStates.forEach((state, at) => {
        const box = { leftPx: at * cellPx, widthPx: cellPx - 4, heightPx };
        paintStateSwatch(context, state, box, stageColour(0, theme), theme);
      });
    },
  };
}
