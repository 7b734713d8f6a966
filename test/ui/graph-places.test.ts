import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { keepPlaces, keptPlaces } from '../../src/ui/graph/kept-places.ts';
import {
  onceEachWay,
  placeBest,
  type Direction,
  type GraphShape,
  type Placing,
} from '../../src/ui/graph/layout.ts';
import { neighbour, wayOf } from '../../src/ui/graph/hands/neighbours.ts';
import { overlap, placeAfterEdit, placeNew, type Gone } from '../../src/ui/graph/place-beside.ts';
import { placeInLayers } from '../../src/ui/graph/place-in-layers.ts';
import type { Settings } from '../../src/ui/services.ts';

const source = '(source)';
const laidOut = (stages: GraphShape): Placing =>
  placeBest(stages, source, 800, 400, placeInLayers)!;

/** Each stage may follow any of those before it. */
const graph: fc.Arbitrary<GraphShape> = fc
  .array(fc.array(fc.nat(20), { maxLength: 2 }), { minLength: 1, maxLength: 14 })
  .map((parents) =>
    parents.map((all, at) => ({
      id: `s${at}`,
      after: at === 0 ? [] : [...new Set(all.map((parent) => `s${parent % at}`))],
    })),
  );

describe('a new stage', () => {
  test('overlaps nothing, and nothing else moves', () => {
    fc.assert(
      fc.property(graph, fc.nat(13), (stages, cut) => {
        const known = stages.slice(0, Math.max(1, cut % stages.length));
        const before = laidOut(known);
        const after = placeNew(stages, before, source);
        for (const [id, place] of before.places) expect(after.places.get(id)).toBe(place);
        const come = stages.slice(known.length).map(({ id }) => id);
        for (const id of come) {
          const place = after.places.get(id)!;
          for (const [other, there] of after.places)
            if (other !== id) expect(overlap(place, there), `${id} on ${other}`).toBe(false);
        }
      }),
      { numRuns: 200 },
    );
  });

  test('stands behind its parent, beside the child that is there', () => {
    const chain = [
      { id: 'a', after: [] },
      { id: 'b', after: ['a'] },
    ];
    const before = laidOut(chain);
    const { places } = placeNew([...chain, { id: 'c', after: ['a'] }], before, source);
    expect(before.vertical).toBe(true);
    expect(places.get('c')!.y).toBe(places.get('b')!.y);
    expect(places.get('c')!.x).not.toBe(places.get('b')!.x);
  });

  test('changes nothing when there is none', () => {
    const before = laidOut([{ id: 'a', after: [] }]);
    expect(placeNew([{ id: 'a', after: [] }], before, source).places).toBe(before.places);
  });
});

test('a pane of another size chooses between layouts that are there', () => {
  const fork: GraphShape = [
    { id: 'a', after: [] },
    { id: 'b', after: ['a'] },
    { id: 'c', after: ['a'] },
  ];
  const asked: Direction[] = [];
  const place = onceEachWay((stages, id, direction) => {
    asked.push(direction);
    return placeInLayers(stages, id, direction);
  });
  for (const [width, height] of [
    [900, 300],
    [300, 900],
    [500, 500],
  ] as const)
    expect(placeBest(fork, source, width, height, place)).toEqual(
      placeBest(fork, source, width, height, placeInLayers),
    );
  expect(asked).toEqual(['LR', 'TB']);
});

describe('an edit of what was arranged by hand', () => {
  const chain: GraphShape = [
    { id: 'fast', after: [] },
    { id: 'slow', after: ['fast'] },
  ];
  const after = (id: string, parent: string) => ({ id, after: [parent] });
  const step = (from: GraphShape, to: GraphShape, placing: Placing, gone: Gone): Placing =>
    placeAfterEdit(from, to, placing, gone, source);
  const noneOverlap = (stages: GraphShape, { places }: Placing): void => {
    for (const { id } of stages)
      for (const other of stages)
        if (other.id !== id)
          expect(overlap(places.get(id)!, places.get(other.id)!), `${id} on ${other.id}`).toBe(
            false,
          );
  };

  test('that gives a stage another id keeps its place, and its old one for nobody', () => {
    const gone: Gone = new Map();
    const three = [...chain, after('new-stage', 'slow')];
    const placed = step(chain, three, laidOut(chain), gone);
    const renamed = [...chain, after('parse', 'slow')];
    const asParse = step(three, renamed, placed, gone);
    expect(asParse.places.get('parse')).toEqual(placed.places.get('new-stage'));
    const four = [...renamed, after('new-stage', 'slow')];
    noneOverlap(four, step(renamed, four, asParse, gone));
    expect(step(renamed, three, asParse, gone).places.get('new-stage')).toEqual(
      asParse.places.get('parse'),
    );
  });

  test('that is undone puts it back; a new one of that id behind its own parent', () => {
    const gone: Gone = new Map();
    const three = [...chain, after('new-stage', 'fast')];
    const laid = laidOut(three);
    const away = { x: 900, y: 700 };
    const moved = { ...laid, places: new Map([...laid.places, ['new-stage', away] as const]) };
    const removed = step(three, chain, moved, gone);
    expect(step(chain, three, removed, gone).places.get('new-stage')).toEqual(away);
    const other = [...chain, after('new-stage', 'slow')];
    const { places, vertical } = step(chain, other, removed, gone);
    expect(vertical).toBe(true);
    expect(places.get('new-stage')!.x).toBe(places.get('slow')!.x);
  });

  test('never puts one stage on another, whatever comes and goes and comes back', () => {
    const edits = fc.array(fc.tuple(fc.nat(4), fc.nat(5)), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(edits, (all) => {
        const gone: Gone = new Map();
        let stages = chain;
        let placing = laidOut(chain);
        for (const [which, parent] of all) {
          const id = `s${which}`;
          const isThere = stages.some((stage) => stage.id === id);
          const to = stages[parent % stages.length]!.id;
          const next = isThere
            ? stages.flatMap((stage) =>
                stage.id === id
                  ? []
                  : [{ ...stage, after: stage.after.filter((one) => one !== id) }],
              )
            : [...stages, after(id, to)];
          placing = step(stages, next, placing, gone);
          stages = next;
          noneOverlap(stages, placing);
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe('places that are kept', () => {
  const settings = (): Settings => {
    const all = new Map<string, string>();
    return {
      get: (name) => all.get(name) ?? null,
      set: (name, value) => void (value === null ? all.delete(name) : all.set(name, value)),
    };
  };
  const placing = (x: number): Placing => ({
    vertical: true,
    places: new Map([['a', { x, y: 2 }]]),
  });

  test('are found by their work alone, and can be forgotten', () => {
    const store = settings();
    keepPlaces(store, 'one', placing(1));
    keepPlaces(store, 'two', placing(7));
    expect(keptPlaces(store, 'one')).toEqual(placing(1));
    expect(keptPlaces(store, 'three')).toBe(null);
    keepPlaces(store, 'one', null);
    expect(keptPlaces(store, 'one')).toBe(null);
    expect(keptPlaces(store, 'two')).toEqual(placing(7));
  });

  test('are bounded: the one changed longest ago goes first', () => {
    const store = settings();
    for (let work = 0; work < 40; work++) keepPlaces(store, `work ${work}`, placing(work));
    expect(keptPlaces(store, 'work 0')).toBe(null);
    expect(keptPlaces(store, 'work 39')).toEqual(placing(39));
    const large: Placing = {
      vertical: false,
      places: new Map(
        Array.from({ length: 2000 }, (_, n) => [`stage-number-${n}`, { x: n, y: n }]),
      ),
    };
    for (let work = 0; work < 20; work++) keepPlaces(store, `large ${work}`, large);
    expect(store.get('graph-places')!.length).toBeLessThanOrEqual(400_000);
    expect(keptPlaces(store, 'large 19')).toEqual(large);
  });

  test.each(['no JSON', '{}', '[[1]]', '[["w", true, {"a": [1]}]]', '[["w", true, null]]'])(
    'are forgotten when they cannot be read: %s',
    (text) => {
      const store = settings();
      store.set('graph-places', text);
      expect(keptPlaces(store, 'w')).toBe(null);
      keepPlaces(store, 'w', placing(3));
      expect(keptPlaces(store, 'w')).toEqual(placing(3));
    },
  );
});

describe('arrow keys', () => {
  const fork = [
    { id: 'a', after: [] },
    { id: 'b', after: ['a'] },
    { id: 'c', after: ['a'] },
    { id: 'd', after: ['b', 'c'] },
  ];
  const placing: Placing = {
    vertical: true,
    places: new Map([
      [source, { x: 100, y: 0 }],
      ['a', { x: 100, y: 100 }],
      ['b', { x: 0, y: 200 }],
      ['c', { x: 220, y: 200 }],
      ['d', { x: 90, y: 300 }],
    ]),
  };

  test('lead along the flow, against it and aside, as the graph lies', () => {
    expect(['ArrowDown', 'ArrowUp', 'ArrowLeft', 'Enter'].map((key) => wayOf(key, true))).toEqual([
      'forward',
      'back',
      'left',
      null,
    ]);
    expect(wayOf('ArrowRight', false)).toBe('forward');
    const go = (from: string, key: string): string | null =>
      neighbour(fork, placing, from, wayOf(key, true)!);
    expect(go(source, 'ArrowDown')).toBe('a');
    expect(go('a', 'ArrowUp')).toBe(source);
    expect(go('a', 'ArrowDown')).toBe('b');
    expect(go('b', 'ArrowRight')).toBe('c');
    expect(go('c', 'ArrowLeft')).toBe('b');
    expect(go('d', 'ArrowUp')).toBe('b');
    expect(go('d', 'ArrowDown')).toBe(null);
    expect(go(source, 'ArrowUp')).toBe(null);
  });
});
