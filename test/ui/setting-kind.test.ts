import { describe, expect, it } from 'vitest';
import type { PipelineDocument } from '../../src/pipeline/types.ts';
import { parseDocument } from '../../src/pipeline/parse.ts';
import { withAt } from '../../src/pipeline/pointer.ts';
import { gallery } from '../../src/scenarios/index.ts';
import {
  listText,
  listValues,
  settingKind,
  settingText,
  settingValue,
} from '../../src/ui/inspector/setting-kind.ts';
import { places, settingNow, settingTitle } from '../../src/ui/inspector/settings.ts';

const document: PipelineDocument = {
  format: 'millrace/1',
  limits: { api: 2 },
  machine: { memory: { budget: 1000 } },
  stages: [
    {
      id: 'call',
      name: 'Call',
      retry: { attempts: 2 },
      cache: {},
      work: { kind: 'synthetic', phases: [{ wait: 5 }, { cpu: 2 }] },
    },
  ],
};
const kindOf = (pointer: string) => settingKind(document, pointer);

describe('the value of a setting', () => {
  it('is typed with its unit, or in its words', () => {
    const linger = kindOf('/stages/call/batch/linger');
    expect(settingValue(linger, '1.5 s')).toBe(1500);
    expect(settingValue(linger, 'none')).toBeNull();
    expect(settingText(linger, null)).toBe('none');
    const workers = kindOf('/machine/workers');
    expect(settingValue(workers, 'cores')).toBe('cores');
    expect(settingValue(workers, '2k')).toBe(2000);
    const whenFull = kindOf('/stages/call/buffer/whenFull');
    expect(whenFull.choices).toContain('drop-newest');
    expect(kindOf('/cache/compress').choices).toEqual(['true', 'false']);
    expect(settingValue(kindOf('/cache/compress'), 'false')).toBe(false);
    expect(settingValue(kindOf('/stages/call/work/phases/0/wait'), '{"exponential": 4}')).toEqual({
      exponential: 4,
    });
    expect(settingValue(kindOf('/stages/call/permits'), 'x')).toBeUndefined();
  });

  it('may be one of a list', () => {
    const permits = kindOf('/stages/call/permits');
    expect(listValues(permits, '1, 2,none')).toEqual([1, 2, null]);
    expect(listValues(permits, '1, x')).toBeUndefined();
    expect(listValues(permits, '1, 1, none, 1, none')).toEqual([1, null]);
    expect(listValues(permits, '[2, 2]')).toEqual([2]);
    expect(listValues(permits, '')).toBeUndefined();
    const wait = kindOf('/stages/call/work/phases/0/wait');
    const draws = [5, { uniform: [1, 2] }];
    expect(listValues(wait, listText(wait, draws))).toEqual(draws);
  });

  it('comes back from its text in every variant and sweep that is shipped', async () => {
    let count = 0;
    for (const entry of gallery) {
      const shipped = await entry.load();
      for (const { set } of shipped.variants ?? [])
        for (const [pointer, value] of Object.entries(set)) {
          const kind = settingKind(shipped, pointer);
          expect(settingValue(kind, settingText(kind, value)), pointer).toEqual(value);
          count++;
        }
      for (const [pointer, values] of Object.entries(shipped.sweep ?? {})) {
        const kind = settingKind(shipped, pointer);
        expect(listValues(kind, listText(kind, values)), pointer).toEqual(values);
        count++;
      }
    }
    expect(count).toBeGreaterThan(20);
  });
});

describe('the settings to choose from', () => {
  it('are places of the document that take the value they have now', () => {
    const all = places(document).flatMap(({ fields }) => fields);
    expect(all.map(({ pointer }) => pointer)).toEqual(
      expect.arrayContaining([
        '/machine/workers',
        '/limits/api',
        '/stages/call/permits',
        '/stages/call/work/phases/1/cpu',
      ]),
    );
    for (const { pointer } of all) {
      const varied = { ...document, sweep: { [pointer]: [settingNow(document, pointer)] } };
      const errors = parseDocument(varied).problems.filter(({ severity }) => severity === 'error');
      expect(errors, pointer).toEqual([]);
      expect(withAt(document, pointer, settingNow(document, pointer))).not.toBeNull();
    }
  });

  it('go by the names that the knobs have', () => {
    expect(settingTitle(document, '/stages/call/permits')).toBe('Call: Permits');
    expect(settingTitle(document, '/machine/workers')).toBe('Workers');
    expect(settingTitle(document, '/stages/call/work/phases/0/wait')).toBe('Call: Phase 1, wait');
    expect(settingTitle(document, '/modules/write')).toBe('modules › write');
  });
});
