import { expect, test } from 'vitest';
import { parseDocument } from '../../../../src/pipeline/parse.ts';
import { codeFiles } from '../../../../src/share/export/take-away/code-files.ts';

test('modules whose names only differ in signs or in case have files of their own', () => {
  const { pipeline } = parseDocument({
    format: 'millrace/1',
    stages: [{ id: 'a', work: { kind: 'code', source: 'export default (item) => item' } }],
  });
  const names = [
    'millrace:text',
    'millrace-text',
    'Util',
    'util',
    'util-2',
    'µ',
    '../../etc/passwd',
  ];
  const units = names.map((name) => ({
    ...{ name: `module "${name}"`, pieces: [`// ${name}`], imports: [] },
  }));
  const stage = {
    name: 'stage "a"',
    pieces: ['import "', ...names.slice(1).map(() => '"; import "'), '";'],
    imports: names.map((_, at) => at),
  };
  const { files } = codeFiles(pipeline!, {
    ...{ units: [...units, stage], stageUnits: [names.length], sourceUnit: -1 },
  });
  const paths = files.map(([path]) => path);
  expect(new Set(paths.map((path) => path.toLowerCase())).size).toBe(names.length + 1);
  for (const path of paths) expect(path).toMatch(/^(modules|stages)\/[\w-]+\.js$/);
  const imported = [...files.at(-1)![1].matchAll(/"\.\.\/([^"]+)"/g)].map(([, path]) => path);
  expect(imported).toEqual(paths.slice(0, -1));
  names.forEach((name, at) => expect(files[at]![1]).toBe(`// ${name}\n`));
});
