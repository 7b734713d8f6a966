import { afterEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { documentJsonSchema, type JsonSchema } from '../../src/pipeline/json-schema.ts';
import type { PipelineDocument, SourceDocument } from '../../src/pipeline/types.ts';
import { closePage, openDocument, stageNode } from './open-page.ts';

afterEach(closePage);

/**
 * What is reached by another way than a control of its own, and why. A pointer with a `*` stands for every
 * name and place; what is below one of these is reached with it.
 */
const elsewhere: Readonly<Record<string, string>> = {
  '/format': 'there is only one',
  '/lesson': 'its link opens it in the Document tab',
  '/source/files': 'always {}: the reader picks files at the source',
  '/source/arrivals/kind': 'its knob stands for the arrivals as a whole',
  '/source/values': 'one list, typed as JSON',
  '/variants': 'a list of its own, by name: see the tests of variants',
  '/modules/*': 'its button opens it in the Code tab',
  '/stages/*/after': 'chips, and a list to connect',
};
const controls =
  'input:not(:disabled), select:not(:disabled), textarea, button:not(.reset, :disabled)';

const stages: PipelineDocument['stages'] = [
  {
    id: 'load',
    work: {
      kind: 'synthetic',
      phases: [{ cpu: 2 }, { wait: 3, per: 'item' }],
      key: { zipf: { keys: 10, exponent: 1 } },
    },
    setup: { phases: [{ cpu: 1 }, { wait: 1 }] },
    uses: { api: 1 },
    retry: { attempts: 2 },
    cache: {},
  },
  {
    id: 'code',
    after: ['load'],
    work: {
      kind: 'code',
      source: 'export default (x) => x;',
      model: { phases: [{ cpu: 2 }, { wait: 2 }] },
    },
  },
  {
    id: 'listed',
    after: ['load'],
    work: { kind: 'synthetic', phases: [{ cpu: 1 }], key: { perItem: [1, 2] } },
  },
];
const sources: SourceDocument[] = [
  { kind: 'count', count: 5, arrivals: { kind: 'bursts', rate: 5, size: 2 } },
  { kind: 'values', values: [1] },
  { kind: 'code', code: 'export default function* () { yield 1; }' },
  { kind: 'corpus', corpus: 'sources' },
  { kind: 'files', files: {} },
  { kind: 'service', service: {} },
];
const whole: PipelineDocument = {
  format: 'millrace/1',
  name: 'All fields',
  stages,
  limits: { api: 2 },
  modules: { tokens: 'export const a = 1;' },
  machine: { memory: { budget: 1_000_000 } },
  targets: { stages: { load: {} } },
  sweep: { '/machine/workers': [1, 2] },
};

/** Every leaf of the schema as a pointer; names that are free and places in lists are `*`. */
function leaves(): Set<string> {
  const root = documentJsonSchema();
  const found = new Set<string>();
  const walk = (schema: JsonSchema, pointer: string): void => {
    // A draw is one field: its control chooses the distribution, too.
    const isDraw = schema['allOf'] !== undefined;
    const options = schema['anyOf'] as JsonSchema[] | undefined;
    const properties = schema['properties'] as Record<string, JsonSchema> | undefined;
    const named = schema['additionalProperties'];
    if (!isDraw && options) for (const option of options) walk(option, pointer);
    else if (!isDraw && properties && Object.keys(properties).length > 0)
      for (const [name, inner] of Object.entries(properties)) walk(inner, `${pointer}/${name}`);
    else if (!isDraw && typeof named === 'object') walk(named as JsonSchema, `${pointer}/*`);
    else if (!isDraw && isStructured(schema['items']))
      walk(schema['items'] as JsonSchema, `${pointer}/*`);
    else if (schema['type'] !== 'null') found.add(pointer);
  };
  walk(root, '');
  return found;
}

/** A list of plain values is one field, typed as a whole. */
function isStructured(items: unknown): boolean {
  const { anyOf, properties } = (items ?? {}) as JsonSchema;
  return (
    properties !== undefined || (anyOf as JsonSchema[] | undefined)?.some(isStructured) === true
  );
}

/** Which fields have a control on the page now. */
function collect(into: Set<string>): void {
  for (const element of document.querySelectorAll<HTMLElement>('.inspector [data-pointer]')) {
    if (!element.matches(controls) && !element.querySelector(controls)) continue;
    into.add(
      element.dataset['pointer']!.replace(/^\/(targets\/)?stages\/[^/]+/, '/$1stages/*')
        .replace(/^\/(limits|modules|sweep)\/[^/]+/, '/$1/*')
        .replace(/\/uses\/[^/]+/, '/uses/*')
        .replace(/\/\d+(?=\/|$)/g, '/*'),
    );
  }
}

async function unfold(): Promise<void> {
  for (const fold of document.querySelectorAll<HTMLDetailsElement>('.inspector details'))
    fold.open = true;
  for (const button of document.querySelectorAll<HTMLElement>('.inspector [aria-expanded="false"]'))
    button.click();
  await new Promise(requestAnimationFrame);
}

const isWithin = (leaf: string, place: string): boolean =>
  leaf === place || leaf.startsWith(`${place}/`);

describe('the inspector', { timeout: 30_000 }, () => {
  it('has a control for every field of the document', async () => {
    const found = new Set<string>();
    for (const source of sources) {
      await openDocument({ ...whole, source });
      await page.getByRole('button', { name: 'Source', exact: true }).click();
      await expect.element(page.getByLabelText('Items from', { exact: true })).toBeVisible();
      collect(found);
      closePage();
    }
    await openDocument(whole);
    for (const [name, landmark] of [
      ['Machine', 'Seed'],
      ['Limits', 'Capacity of api'],
      ['Document', 'Add a variant'],
    ] as const) {
      await page.getByRole('button', { name, exact: true }).click();
      await expect
        .poll(() => document.querySelector('.inspector')?.textContent + labels())
        .toContain(landmark);
      await unfold();
      if (name === 'Machine')
        await expect.element(page.getByLabelText('Policy', { exact: true })).toBeVisible();
      collect(found);
    }
    for (const { id } of stages) {
      await page.getByLabelText('Stage to inspect').selectOptions(id);
      await expect.element(page.getByLabelText('Id', { exact: true })).toHaveValue(id);
      await unfold();
      collect(found);
    }
    const missing = [...leaves()].filter(
      (leaf) => !found.has(leaf) && !Object.keys(elsewhere).some((place) => isWithin(leaf, place)),
    );
    expect(missing).toEqual([]);
    const stale = Object.keys(elsewhere).filter(
      (place) => ![...leaves()].some((leaf) => isWithin(leaf, place)),
    );
    expect(stale).toEqual([]);
  });
});

/** What the Tab key stops at among the knobs, folded groups left out. */
const stops = (): HTMLElement[] =>
  [
    ...document.querySelectorAll<HTMLElement>(
      '.inspector .scroll :is(input, select, textarea, button, summary):not(:disabled)',
    ),
  ].filter((element) => element.tabIndex >= 0 && element.checkVisibility());

it('is passed through with few stops, and from group to group with the arrow keys', async () => {
  await openDocument({
    ...whole,
    stages: [{ id: 'plain', work: { kind: 'synthetic', phases: [{ cpu: 2 }] } }],
  });
  await page.getByLabelText('Stage to inspect').selectOptions('plain');
  await expect.element(page.getByLabelText('Id', { exact: true })).toBeVisible();
  const all = stops();
  // Its slider is no stop: the box takes the same keys.
  expect(all.filter(({ ariaLabel }) => /slider/.test(ariaLabel ?? ''))).toEqual([]);
  expect(all.length).toBeLessThanOrEqual(40);
  const permits = page.getByRole('textbox', { name: 'Permits' }).element() as HTMLElement;
  permits.focus();
  await userEvent.keyboard('{Escape}');
  const heading = (): string | undefined => document.activeElement?.querySelector('h2')?.innerText;
  expect(heading()).toBe('Concurrency');
  await userEvent.keyboard('{ArrowDown}');
  expect(heading()).toBe('Buffer and back pressure');
  await userEvent.keyboard('{End}{ArrowUp}');
  expect(heading()).toBe('Set-up');
  await userEvent.keyboard('{Home}');
  expect(heading()).toBe('Work');
});

it('says once what a model cannot be, and takes “Cold code” out again', async () => {
  const services = await openDocument(whole);
  await page.getByLabelText('Stage to inspect').selectOptions('code');
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  const cold = page.getByRole('textbox', { name: 'Cold code' });
  await expect.element(cold).toHaveValue('none');
  for (const [typed, said] of [
    ['-5', /a time is 0 ms or more/],
    ['1e20', /the ceiling is/],
  ] as const) {
    await cold.fill(typed);
    await expect.element(cold).toHaveAttribute('aria-invalid', 'true');
    const problems = page.getByLabelText('Inspector').getByRole('alert').getByText(said);
    await expect.poll(() => problems.elements().length).toBe(1);
    expect(problems.element().closest<HTMLElement>('.knob')?.dataset['pointer']).toMatch(/cold$/);
  }
  await cold.fill('12 ms');
  await page.getByRole('button', { name: 'Reset Cold code to its default' }).click();
  await expect.element(cold).toHaveValue('none');
  await expect.poll(() => services.saved.text).not.toBeNull();
  await expect.poll(() => services.saved.text).not.toContain('"cold"');
});

const labels = (): string =>
  [...document.querySelectorAll('.inspector [aria-label]')]
    .map((element) => element.getAttribute('aria-label'))
    .join(' ');

it('a number that was spoilt while it was typed is again what it was before', async () => {
  const services = await openDocument({
    format: 'millrace/1',
    stages: [{ ...stages[0]!, permits: 3 }],
  });
  await stageNode('load').click();
  const permits = page.getByRole('textbox', { name: 'Permits', exact: true });
  await permits.click();
  await userEvent.keyboard('{Control>}a{/Control}12x');
  await userEvent.tab();
  await expect.element(permits).toHaveValue('3');
  await expect
    .element(page.getByText('“12x” is not understood, so it is 3 again'))
    .toBeInTheDocument();
  await expect.poll(() => services.saved.text ?? '"permits": 3').toMatch(/"permits":\s*3\b/);
});
