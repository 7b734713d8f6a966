import { afterEach, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { readBaseline } from '../../src/share/baseline.ts';
import type { PipelineDocument } from '../../src/pipeline/types.ts';
import { chain, closePage, details, openDocument } from './open-page.ts';

afterEach(closePage);
const section = page.getByRole('region', { name: 'Targets' });
const button = (name: string | RegExp) => section.getByRole('button', { name });
const run = async (): Promise<void> => {
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await expect.element(details(/^Results \(20\)|^Results/)).toBeVisible();
  await expect.element(page.getByRole('button', { name: 'Run', exact: true })).toBeVisible();
};
// 20 items of 4 and 8 ms on two cores, the second stage one at a time: 200 ms.
const wanting: PipelineDocument = {
  ...chain,
  targets: { total: { target: 150 }, stages: { second: { target: 500, stretch: 200 } } },
};

it('tells a stage that is called “total” from the total', async () => {
  const [first] = chain.stages;
  const services = await openDocument({ ...chain, stages: [{ ...first!, id: 'total' }] });
  await details('Compare').click();
  await section.getByLabelText('What to set a target for').selectOptions('First');
  await button('Set').click();
  await expect
    .poll(() => JSON.parse(services.saved.text ?? '{}').targets)
    .toEqual({ stages: { total: { target: expect.any(Number) } } });
});

it('holds a run against its targets, and takes other ones in place', async () => {
  const services = await openDocument(wanting);
  await details('Compare').click();
  await expect.element(section.getByText('not measured').first()).toBeVisible();
  await expect
    .element(
      section.getByRole('img', {
        name: /Total: not measured yet\. predicted 200 ms, over the target/,
      }),
    )
    .toBeVisible();
  await run();
  await details('Compare').click();
  await expect
    .element(
      section.getByRole('img', { name: /^Total missed its target: 200 ms, 50 ms over 150 ms/ }),
    )
    .toBeVisible();
  await expect
    .element(section.getByRole('img', { name: /^Second met its stretch target: 160 ms at work/ }))
    .toBeVisible();
  const field = section.getByRole('textbox', { name: 'Target of Total', exact: true });
  await field.fill('250');
  await expect.element(section.getByRole('img', { name: /^Total met its target/ })).toBeVisible();
  await section.getByLabelText('What to set a target for').selectOptions('First');
  await button('Set').click();
  await expect
    .element(section.getByRole('textbox', { name: 'Target of First', exact: true }))
    .toHaveValue('40 ms');
  await expect
    .poll(() => JSON.parse(services.saved.text ?? '{}').targets)
    .toMatchObject({ total: { target: 250 }, stages: { first: { target: 40 } } });
  // Nothing is left of a line whose only target is taken away.
  await section.getByRole('textbox', { name: 'Target of First', exact: true }).fill('none');
  await userEvent.keyboard('{Enter}');
  await expect
    .element(section.getByRole('textbox', { name: 'Target of First' }))
    .not.toBeInTheDocument();
});

it('keeps its lines while one of them is typed, and beside any other problem', async () => {
  const services = await openDocument(wanting);
  await details('Compare').click();
  const field = section.getByRole('textbox', { name: 'Target of Total', exact: true });
  await field.click();
  await userEvent.keyboard('{Control>}a{/Control}0');
  await expect
    .element(section.getByText('“0” does not fit: use a number above 0', { exact: true }))
    .toBeVisible();
  await expect.element(field).toHaveAttribute('aria-invalid', 'true');
  await userEvent.keyboard('.5 s');
  await expect.element(field).toHaveFocus();
  await expect.element(field).toHaveAttribute('aria-invalid', 'false');
  await expect
    .poll(() => JSON.parse(services.saved.text ?? '{}').targets?.total)
    .toEqual({ target: 500 });
  await userEvent.keyboard('{Enter}{Control>}a{/Control}0{Enter}');
  await expect
    .element(section.getByText('“0” does not fit, so it is 500 ms again: use a number above 0'))
    .toBeVisible();
  await page.getByRole('button', { name: 'Machine', exact: true }).click();
  await page.getByRole('textbox', { name: 'Tasks at once', exact: true }).fill('0');
  await expect.element(details('Document · problem')).toBeVisible();
  await expect.element(field).toBeVisible();
  await expect.element(section.getByText(/^No target yet/)).not.toBeInTheDocument();
  await expect.element(section.getByText('the total')).not.toBeInTheDocument();
});

it(
  'keeps a baseline, finds a regression against it, and keeps several apart',
  { timeout: 30_000 },
  async () => {
    const services = await openDocument(chain);
    await details('Compare').click();
    await button('Measure and save a baseline').click();
    await expect
      .element(section.getByText(/Its document runs the same as this one/), { timeout: 10_000 })
      .toBeVisible();
    const shelf = await services.baselines();
    const [facts] = await shelf.list('kept');
    expect(facts).toMatchObject({ title: 'Chain', browser: 'Test 1', runs: 12 });
    const [text] = await shelf.texts('kept', [facts!.id]);
    expect(readBaseline(text!)).toMatchObject({ ok: true, value: { document: chain } });
    // One permit more does nothing to one worker's CPU; half the workers does.
    await page.getByRole('button', { name: 'Machine', exact: true }).click();
    await page.getByRole('textbox', { name: 'Workers', exact: true }).fill('1');
    await expect.element(section.getByText(/This document has changed since/)).toBeVisible();
    await button('Compare in turns').click();
    const verdict = section.getByTestId('gate');
    await expect.element(verdict, { timeout: 15_000 }).toHaveTextContent('regression');
    await expect
      .element(section.getByText('Slower than the baseline: 1.200× its time (1.200–1.200).'))
      .toBeVisible();
    await expect.element(section.getByText('A check in a build would fail.')).toBeVisible();
    await button(/^Save the \d+ measured runs/).click();
    await expect.element(section.getByLabelText('Baseline to compare with')).toBeVisible();
    await button('Remove it').click();
    await expect
      .element(section.getByLabelText('Baseline to compare with'))
      .not.toBeInTheDocument();
    expect(await shelf.list('kept')).toHaveLength(1);
  },
);

it('refuses a file that is no baseline in a sentence, and takes one that is', async () => {
  await openDocument(chain);
  await details('Compare').click();
  const picker = section.getByLabelText('Baseline file');
  const fileOf = (value: unknown) => new File([JSON.stringify(value)], 'b.json');
  await picker.upload(fileOf(chain));
  const refusal = page.getByText(/That is a pipeline document, not a baseline/);
  await expect.element(refusal).toBeVisible();
  await picker.upload(
    fileOf({
      ...{ format: 'millrace-baseline/1', document: chain, environment: null, results: null },
      ...{ makespans: [900, 1000, 1100], measuredAt: '2026-01-02T03:04:05Z' },
    }),
  );
  await expect.element(section.getByText(/Median 1 s of\s+3\s+runs/)).toBeVisible();
  await expect.element(refusal).not.toBeInTheDocument();
});
