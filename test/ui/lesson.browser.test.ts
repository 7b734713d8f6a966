import { afterEach, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { PipelineDocument } from '../../src/pipeline/types.ts';
import { closePage, details, openDocument, openPage, stageNode } from './open-page.ts';
import { fakeServices } from './fake-services.ts';
import { taught } from './taught-lesson.ts';

afterEach(closePage);

/** A run takes a turn of the event loop; the page draws what came of it after that. */
const panel = page.getByRole('tabpanel');
const button = (name: string | RegExp) => panel.getByRole('button', { name });
const says = (text: string | RegExp) => expect.element(panel.getByText(text).first()).toBeVisible();
const workers = page.getByRole('textbox', { name: 'Workers', exact: true });

async function begin(services = fakeServices({ text: JSON.stringify(taught) })) {
  await openPage(services);
  await details('Lesson').click();
  await button('Begin the lesson').click();
  await says('Step 1 of 3');
  return services;
}

it('asks before it runs, and the run grades the guess', async () => {
  const services = await begin();
  const run = button('Run this step');
  await expect.element(run).toHaveAttribute('aria-disabled', 'true');
  await says(/Guess first/);
  await panel.getByRole('radio', { name: '20 ms', exact: true }).click();
  await run.click();
  await says('Not this time.');
  await says('Measured. Makespan: 200 ms. That is “200 ms”.');
  await says('One after another.');
  // It stands, whatever one has learned.
  await expect.element(panel.getByRole('radio', { name: '200 ms' })).toBeDisabled();
  await button('Next step').click();
  await expect.element(workers).toHaveValue('2');
  await panel.getByLabelText('Your guess').fill('half');
  await says(/no number of this kind/);
  await panel.getByLabelText('Your guess').fill('0.45');
  await button('Run this step').click();
  await says('Right.');
  await says(/0\.5 × that of “Alone”/);
  // The reason is shown in the very panel that the step names.
  await expect.element(panel.getByRole('region', { name: 'Why', exact: true })).toBeVisible();
  // The first step's runs were there already: repeats go on where the value is near what divides.
  expect(services.runs.filter(({ pipeline }) => pipeline.machine.workers === 2)).not.toHaveLength(
    0,
  );
  await button('Next step').click();
  await says(/asks for 8 cores and this browser has 2 cores, so it is predicted/);
  const before = services.runs.length;
  await panel.getByRole('radio', { name: 'a fifth or less' }).click();
  await button('Predict this step').click();
  await says('Predicted. Makespan: 0.15 × that of “Alone”.');
  expect(services.runs).toHaveLength(before);
  await button('To the end').click();
  await says('2 of 3 guesses right');
});

it('goes on after a reload where it was, and its settings can be undone', async () => {
  const services = await begin();
  await panel.getByRole('radio', { name: '200 ms', exact: true }).click();
  await button('Run this step').click();
  await says('Right.');
  await button('Next step').click();
  await expect.element(workers).toHaveValue('2');
  await expect.poll(() => services.saved.text).toContain('"workers": 2');
  closePage();
  await openPage(services);
  await says('Step 2 of 3');
  await button(/^Step 1, Alone: right$/).click();
  await says('Measured. Makespan: 200 ms.');
  await expect.element(workers).toHaveValue('1');
  await page.getByLabelText('Undo').click();
  await expect.element(workers).toHaveValue('2');
  await says(/no longer as this step has it/);
  await button('Put them back now').click();
  await expect.element(workers).toHaveValue('1');
  await button('Start over').click();
  await expect.element(panel.getByRole('radio', { name: '200 ms' })).not.toBeChecked();
});

it('keeps own edits one undo away, and describes the document as before', async () => {
  await begin();
  await stageNode('Work').click();
  await page.getByRole('textbox', { name: 'Permits' }).fill('1');
  await userEvent.keyboard('{Tab}');
  await says(/no longer as this step has it/);
  await button('Next step').click();
  await expect.element(page.getByText(/took the place of your own changes/)).toBeVisible();
  await expect.element(page.getByRole('textbox', { name: 'Permits' })).toHaveValue('no limit');
  await page.getByLabelText('Undo').click();
  await expect.element(page.getByRole('textbox', { name: 'Permits' })).toHaveValue('1');
});

it('needs no mouse', async () => {
  await begin();
  await expect.element(panel.getByRole('heading', { name: 'Alone' })).toHaveFocus();
  await userEvent.keyboard('{Tab}{ArrowDown}');
  await userEvent.keyboard('{Tab}{Enter}');
  await says('Right.');
  await expect.element(panel.getByLabelText('What the run says')).toHaveFocus();
  await userEvent.keyboard('{Tab}');
  await expect.element(button('Show the schedule')).toHaveFocus();
});

it('says what is wrong with a lesson before it is begun', async () => {
  await openDocument({
    ...taught,
    lesson: [{ ...taught.lesson![0]!, grade: { quantity: 'makspan', limits: [100] } }],
  });
  await details('Lesson').click();
  await says(/did you mean "makespan"\?/);
  await expect.element(button('Begin the lesson')).toBeDisabled();
});

it('shares answers as a link, and puts the links of a class side by side', async () => {
  await begin();
  await panel.getByRole('radio', { name: '200 ms', exact: true }).click();
  await button('Run this step').click();
  await says('Right.');
  for (const name of ['Next step', 'Next step', 'To the end']) await button(name).click();
  await panel.getByLabelText(/^Your name/).fill('Ada');
  const field = panel.getByLabelText('Link with your answers');
  await expect.element(field).toHaveValue(expect.stringMatching(/#1\.[\w-]+$/));
  const link = (field.element() as HTMLTextAreaElement).value;
  await button('Answers of a class').click();
  await panel.getByLabelText(/^Links with answers/).fill(`${link}\n#1.nothing`);
  await button('Add').click();
  await says('One was added.');
  await expect.element(panel.getByRole('alert')).toHaveTextContent(/The link is damaged/);
  await expect.element(panel.getByRole('row', { name: /Ada/ })).toHaveTextContent(/1 of 3.*right/s);
});

it('is written here: steps, settings taken from the knobs, a grade beside the last run', async () => {
  const { lesson: _, ...untaught } = taught;
  const services = fakeServices({ text: JSON.stringify(untaught) });
  await openPage(services);
  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  await expect.poll(() => services.runs.length).toBe(1);
  await details('Lesson').click();
  await expect.element(panel.getByText('No lesson yet')).toBeVisible();
  await button('Write a lesson').click();
  await button('Add a step').click();
  await panel.getByLabelText('Title').fill('Alone');
  await panel.getByLabelText('Text, in Markdown').fill('One worker.');
  await button('Add a step').click();
  await panel.getByLabelText('Title').fill('Together');
  await workers.fill('2');
  await button('Take the settings as they are now').click();
  await says(/Workers 2/);
  // The document is what the lesson begins with again.
  await expect.element(workers).toHaveValue('1');
  await panel.getByLabelText('Question').fill('How long?');
  await panel.getByLabelText('Answers, a line each').fill('half\nas long');
  const graded = panel.getByLabelText('Graded by');
  await expect
    .element(graded.getByRole('option', { name: 'Makespan: 200 ms', exact: true }))
    .toBeInTheDocument();
  await graded.selectOptions('makespan');
  await says(/needs 1 limit to divide 2 answers/);
  await panel.getByLabelText('Compared with').selectOptions('Alone');
  const limits = panel.getByRole('textbox', { name: /Limits between the answers/ });
  await limits.fill('0.75');
  await userEvent.keyboard('{Enter}');
  await expect.element(panel.getByText(/needs 1 limit/)).not.toBeInTheDocument();
  await button('Done').click();
  await expect
    .poll(() => (JSON.parse(services.saved.text!) as PipelineDocument).lesson)
    .toEqual([
      { title: 'Alone', text: 'One worker.' },
      {
        title: 'Together',
        text: '',
        set: { '/machine/workers': 2 },
        ask: 'How long?',
        answers: ['half', 'as long'],
        grade: { quantity: 'makespan', limits: [0.75], against: 'Alone' },
      },
    ]);
  await button('Change the lesson').click();
  await button('2 Together').click();
  await button('Move earlier').click();
  await button('Remove it').click();
  await button('Done').click();
  await button('Begin the lesson').click();
  await says('Step 1 of 1');
  await says('One worker.');
});

it('takes a number as it is typed, letter by letter, and none once it is cleared', async () => {
  const { lesson } = taught;
  const [alone] = lesson!;
  const { answers: _, ...asked } = alone!;
  const numbers = [{ ...asked, grade: { quantity: 'makespan', within: 0.1 } }];
  await openPage(fakeServices({ text: JSON.stringify({ ...taught, lesson: numbers }) }));
  await details('Lesson').click();
  await button('Begin the lesson').click();
  const field = panel.getByLabelText('Your guess');
  await field.click();
  await userEvent.keyboard('205');
  await expect.element(field).toHaveValue('205');
  const run = button('Run this step');
  await expect.element(run).toHaveAttribute('aria-disabled', 'false');
  await field.clear();
  await expect.element(run).toHaveAttribute('aria-disabled', 'true');
  await field.click();
  await userEvent.keyboard('205 ms');
  await run.click();
  await says('Right.');
});

it('takes a lesson whose steps have one title, as a stranger may send it', async () => {
  const [alone, together] = taught.lesson!;
  const lesson = [alone!, { ...together!, title: 'Alone' }, { ...together!, title: 'Alone' }];
  await openDocument({ ...taught, lesson });
  await details('Lesson').click();
  await button('Change the lesson').click();
  await button('2 Alone').click();
  await expect
    .element(panel.getByLabelText('Compared with').getByRole('option', { name: /Alone/ }))
    .toBeInTheDocument();
  await button('Done').click();
  await button('Answers of a class').click();
  await says('The class: 0 answered');
});

it('is written with the keyboard, which never stands nowhere', async () => {
  await openDocument({ ...taught, lesson: taught.lesson!.slice(0, 2) });
  const tab = details('Lesson');
  await tab.click();
  // Arrows walk the row of tabs: a panel does not take the focus away.
  await userEvent.keyboard('{ArrowRight}{ArrowLeft}');
  await expect.element(tab).toHaveFocus();
  await expect.element(button('Begin the lesson')).toBeVisible();
  (button('Change the lesson').element() as HTMLElement).focus();
  await userEvent.keyboard('{Enter}');
  const heading = panel.getByRole('heading', { name: 'Write the lesson' });
  await expect.element(heading).toHaveFocus();
  (button('Add a step').element() as HTMLElement).focus();
  await userEvent.keyboard('{Enter}');
  const title = panel.getByLabelText('Title');
  await expect.element(title).toHaveFocus();
  await userEvent.keyboard('Between');
  const later = button('Move later');
  (later.element() as HTMLElement).focus();
  await userEvent.keyboard('{Enter}');
  await expect.element(button('3 Between')).toHaveAttribute('aria-pressed', 'true');
  await expect.element(later).toHaveFocus();
  await expect.element(later).toHaveAttribute('aria-disabled', 'true');
  (button('Remove it').element() as HTMLElement).focus();
  await userEvent.keyboard('{Enter}{Enter}');
  await expect.element(heading).toHaveFocus();
  await expect.element(button('3 Between')).not.toBeInTheDocument();
  await expect.element(button('2 Together')).toBeInTheDocument();
}, 40_000);
