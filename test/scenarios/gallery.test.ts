import { transform } from 'sucrase';
import { describe, expect, test } from 'vitest';
import type { PipelineDocument, Phase } from '../../src/pipeline/types.ts';
import { firstDocument } from '../../src/scenarios/first-document.ts';
import { gallery } from '../../src/scenarios/index.ts';
import { cutImports } from '../../src/live/compile/cut-imports.ts';
import { shippedModules, stageCodeTypes } from '../../src/scenarios/shipped-modules.ts';
import { withSettings } from './support.ts';

const documents = new Map<string, PipelineDocument>();
for (const entry of gallery) documents.set(entry.id, await entry.load());

function get(id: string): PipelineDocument {
  return documents.get(id)!;
}

function waits(document: PipelineDocument): number[] {
  return document.stages.map((stage) => {
    const phase = stage.work.kind === 'synthetic' ? stage.work.phases[0] : undefined;
    return (phase as Extract<Phase, { wait: unknown }>).wait as number;
  });
}

/** The longest chain of waits: the makespan of one item when nothing else holds it back. */
function longestChain(document: PipelineDocument): number {
  const done = new Map<string, number>();
  document.stages.forEach((stage, index) => {
    const from = Math.max(0, ...(stage.after ?? []).map((parent) => done.get(parent) ?? NaN));
    done.set(stage.id, from + waits(document)[index]!);
  });
  return Math.max(...done.values());
}

describe.each(gallery)('$id', ({ id, title, teaches, seconds, graph }) => {
  const document = get(id);

  test('its card agrees with its document', () => {
    expect(document.name).toBe(title);
    expect(teaches).toMatch(/\.$/);
    expect(seconds).toBeGreaterThan(0);
    expect(graph).toEqual(document.stages.map(({ id, after = [] }) => ({ id, after })));
    expect(document.notes).toMatch(/\*\*Look at\*\*/);
    expect(document.notes).toMatch(/\*\*Turn\*\*/);
  });

  test('is plain JSON', () => {
    expect(JSON.parse(JSON.stringify(document))).toEqual(document);
  });

  test('its variants and sweeps set fields that are there', () => {
    for (const { set } of document.variants ?? []) withSettings(document, set);
    for (const [pointer, values] of Object.entries(document.sweep ?? {})) {
      expect(values.length).toBeGreaterThan(1);
      withSettings(document, { [pointer]: values[0] });
    }
  });

  test('its code compiles, and imports only what is there', () => {
    const modules = { ...shippedModules, ...document.modules };
    for (const { work } of document.stages) {
      if (work.kind !== 'code') continue;
      const { code } = transform(work.source, {
        transforms: ['typescript'],
        disableESTransforms: true,
      });
      expect(code).toMatch(/export default/);
      expect(code).not.toMatch(/\bfetch\(|Math\.random|Date\.now/);
      for (const [, specifier] of code.matchAll(/from '([^']+)'/g)) {
        expect(Object.keys(modules)).toContain(specifier);
      }
    }
  });
});

test('the page begins with the first of them', async () => {
  expect(await firstDocument()).toEqual(await gallery[0]!.load());
});

test('ids are unique', () => {
  expect(documents.size).toBe(gallery.length);
});

describe('ggen replays the published table at a hundredth of the time', () => {
  const ggen = get('ggen');
  const variant = (name: string) =>
    withSettings(ggen, ggen.variants!.find((one) => one.name === name)!.set);

  test('the chain adds up to 39.1 s', () => {
    expect(waits(ggen)).toEqual([21, 72, 68, 147, 59, 24]);
    expect(longestChain(ggen)).toBe(391);
  });

  test('the other columns add up to what was published', () => {
    expect(longestChain(variant('was, at best'))).toBe(600);
    expect(longestChain(variant('was, at worst'))).toBe(980);
    expect(longestChain(variant('at the targets'))).toBe(430);
    expect(ggen.targets?.total).toEqual({ target: 600, stretch: 450 });
  });

  test('side by side: 32.3 s and 26.4 s', () => {
    expect(longestChain(variant('clean room beside'))).toBe(323);
    expect(longestChain(variant('validation beside too'))).toBe(264);
  });
});

describe('shipped modules', () => {
  test.each(Object.keys(shippedModules))('%s is text that imports nothing', async (specifier) => {
    const text = await shippedModules[specifier]!();
    expect(cutImports(text).specifiers).toEqual([]);
    const module = (await import(
      /* @vite-ignore */ `data:text/javascript;base64,${Buffer.from(text).toString('base64')}`
    )) as Record<string, unknown>;
    const types = await stageCodeTypes();
    const declared = types.slice(types.indexOf(`declare module '${specifier}'`));
    const block = declared.slice(0, declared.indexOf('\n}'));
    const names = [...block.matchAll(/export (?:function|class|const) (\w+)/g)].map(
      ([, name]) => name,
    );
    expect(Object.keys(module)).toEqual(expect.arrayContaining(names));
    expect(names.length).toBeGreaterThan(0);
  });

  test('the bundled parser parses', async () => {
    const text = await shippedModules['millrace:typescript']!();
    const { functionsOf } = (await import(
      /* @vite-ignore */ `data:text/javascript;base64,${Buffer.from(text).toString('base64')}`
    )) as typeof import('millrace:typescript');
    const [found] = functionsOf('class A { private go<T>(x: T): T { return x; } }', 'a.ts');
    expect(found?.name).toBe('go');
  });
});
