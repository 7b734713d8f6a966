import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { shippedModules } from '../../src/scenarios/shipped-modules.ts';
import { readStageApi } from '../../src/ui/editor/stage-api.ts';
import { stageSignature } from '../../src/ui/editor/stage-signature.ts';
import { starterCode } from '../../src/ui/editor/starter-code.ts';

const declarations = readFileSync('src/scenarios/modules/stage-code.d.ts', 'utf8');

describe('the reference of stage code', () => {
  const api = readStageApi(declarations);

  it('has all that ctx has, each with what it does', () => {
    const own = [...declarations.split(/^}/m)[0]!.matchAll(/^ {2}\w.*;$/gm)];
    const parts = ['counter.add', 'counter.value', 'service.page'];
    const members = [...own, ...parts];
    expect(api.context).toHaveLength(members.length);
    expect(api.context.map(({ code }) => code)).toEqual(
      expect.arrayContaining([
        'wait(ms: number): Promise<void>',
        'many(values: readonly unknown[]): never',
        'none: never',
        'log(...values: unknown[]): void',
        'counter: StageCounter',
        'counter.value(name: string): Promise<number>',
        'service.page(page?: number): Promise<ServicePage>',
      ]),
    );
    expect(api.context.filter(({ says }) => says === '')).toEqual([]);
  });

  it('has every module that can be imported, with its functions', () => {
    expect(api.modules.map(({ name }) => name).sort()).toEqual(Object.keys(shippedModules).sort());
    const features = api.modules.find(({ name }) => name === 'millrace:features')!;
    expect(features.entries.map(({ code }) => code)).toContain(
      'embed(tokens: readonly string[]): Float32Array',
    );
    for (const { name, says, entries } of api.modules) {
      expect(says, name).not.toBe('');
      expect(entries, name).not.toEqual([]);
      for (const { code } of entries) expect(code, name).not.toMatch(/\*\/|^export |\n/);
    }
  });
});

describe('the signature of a stage', () => {
  it.each([
    [{}, 'export default (item, ctx) => result'],
    [{ join: 'fold' }, 'export default (accumulator, item, ctx) => accumulator'],
    [{ join: 'all', after: ['a', 'b'] }, 'export default (items, ctx) => result'],
    [{ batch: { size: 4 } }, 'export default (items, ctx) => results'],
    [{ after: ['a', 'b'] }, 'export default ({ a, b }, ctx) => result'],
    [{ after: ['a-1', 'b'] }, 'export default (outputs, ctx) => result'],
    [{ after: ['a', 'b'], join: 'each' }, 'export default (item, ctx) => result'],
  ] as const)('of %j', (settings, code) => {
    expect(
      stageSignature({ ...settings, after: [...('after' in settings ? settings.after : [])] }).code,
    ).toBe(code);
  });

  it('is that of the code a stage begins with', () => {
    for (const join of ['zip', 'fold', 'all', 'each'] as const)
      for (const size of [1, 4]) {
        const settings = { join, batch: { size, linger: 0 } };
        const inputs = /default \((.*?), ctx/.exec(stageSignature(settings).code)![1]!.split(', ');
        expect(starterCode(settings)).toMatch(
          new RegExp(`default \\((\\w+, ){${inputs.length}}ctx`),
        );
        expect(starterCode(settings).includes('items')).toBe(
          inputs.includes('items') || join === 'fold',
        );
      }
  });
});
