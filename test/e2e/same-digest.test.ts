import { join } from 'node:path';
import { runInThisContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { projectFolder } from '../../src/cli/load-typescript.js';
import { bundleScript } from '../../src/live/build/bundle-script.ts';
import { parseDocument } from '../../src/pipeline/parse.ts';
import { goldenDocuments, type GoldenDocument } from '../golden/documents.ts';
import { arbitraryDocument } from '../sim/arbitrary-document.ts';
import { findFirefox, openChromium, openFirefox, type ScriptHost } from './browsers.ts';

const seed = Number(process.env['MILLRACE_SEED'] ?? Date.now() % 1_000_000);
const randomDocuments = Number(process.env['MILLRACE_RUNS'] ?? 300);

const documents = [...(await goldenDocuments()), ...randomOnes()];

/** As the product is built, bundled and minified; Node and the browsers are given the very same script. */
const { text: script } = await bundleScript(join(projectFolder, 'test/golden/digest-of.ts'), true);
const digestAll = `${JSON.stringify(documents)}.map((document) => millrace.digestOf(document))`;
const expected = runInThisContext(`(() => { ${script}; return ${digestAll}; })()`) as string[];

function randomOnes(): GoldenDocument[] {
  const valid = arbitraryDocument.filter((one) => parseDocument(one).pipeline !== null);
  return fc.sample(valid, { numRuns: randomDocuments, seed }).map((document, i) => ({
    name: `random ${i} of seed ${seed}`,
    document,
    cores: 2,
    sourceItems: 0,
  }));
}

/** Names of the documents whose schedule is another one there, each with both digests. */
async function differencesIn(host: ScriptHost): Promise<string[]> {
  await host.load(script);
  const there = (await host.evaluate(digestAll)) as string[];
  expect(there).toHaveLength(documents.length);
  return documents
    .map(({ name }, i) => ({ name, here: expected[i], there: there[i] }))
    .filter(({ here, there }) => here !== there)
    .map(({ name, here, there }) => `${name}: ${here} in Node, ${there} in ${host.version}`);
}

async function compareWith(open: () => Promise<ScriptHost>): Promise<void> {
  const host = await open();
  try {
    expect(await differencesIn(host)).toEqual([]);
  } finally {
    await host.close();
  }
}

describe('simulated schedules are those of Node, bit for bit', () => {
  test('in Chromium', () => compareWith(openChromium));

  const firefox = findFirefox();
  const why = firefox === null ? ' (skipped: no Firefox was found; FIREFOX_PATH names one)' : '';
  test.skipIf(firefox === null)(`in Firefox${why}`, () => compareWith(() => openFirefox(firefox!)));
});
