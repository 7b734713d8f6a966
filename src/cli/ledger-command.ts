import { suggest } from '../base/suggest.ts';
import { leadingTrial } from '../explore/ledger/verdict.ts';
import type { ClaimOutcome, LedgerResult } from '../explore/ledger/outcome.ts';
import { figure, intervalText, rangeText } from '../explore/ledger/words.ts';
import type { Claim } from '../scenarios/claims/claim.ts';
import { claims } from '../scenarios/claims/index.ts';
import { BadInput, type Command } from './command.ts';
import { callHeadless, withHeadlessPage } from './headless.ts';
import { textTable } from './text-table.ts';

export const ledgerCommand: Command = {
  name: 'ledger',
  summary: 'Puts what projects have claimed of their speed to the test, and gives each a verdict.',
  words: [],
  more: 'CLAIM',
  options: { '--json': { value: null } },
  async run(given, terminal) {
    const chosen = chosenClaims(given.words);
    const ids = chosen.map(({ id }) => id);
    const measured = await withHeadlessPage(terminal.err, (page) =>
      callHeadless(page, 'ledger', { claims: ids }),
    );
    const result: LedgerResult = { measuredAt: new Date().toISOString(), ...measured };
    const isJson = given.options['--json'] !== undefined;
    terminal.out(isJson ? `${JSON.stringify(result)}\n` : ledgerTable(chosen, result));
    return result.outcomes.some(({ verdict }) => verdict === null) ? 1 : 0;
  },
};

/** Those named, in the order of the ledger; none named: all. @throws {BadInput} with the nearest id */
export function chosenClaims(named: readonly string[]): readonly Claim[] {
  const ids = claims.map(({ id }) => id);
  const wanted = new Set(
    named.map((name) => {
      const found = ids.find((id) => id.toLowerCase() === name.toLowerCase());
      if (found !== undefined) return found;
      const nearest = suggest(name, ids);
      const hint = nearest === null ? `there are ${ids.join(', ')}` : `did you mean "${nearest}"?`;
      throw new BadInput(`the ledger has no claim "${name}"; ${hint}`);
    }),
  );
  return wanted.size === 0 ? claims : claims.filter(({ id }) => wanted.has(id));
}

/** A row a claim, with the figures of the trial that decided it; below it what there is no verdict of, and why. */
export function ledgerTable(
  of: readonly Claim[],
  { outcomes, environment }: Pick<LedgerResult, 'outcomes' | 'environment'>,
): string {
  const rows = outcomes.map((outcome) =>
    row(
      of.find(({ id }) => id === outcome.id)!,
      outcome,
    ),
  );
  const table = textTable(
    ['Claim', 'Verdict', 'Claimed', 'Measured (95 % interval)', 'Predicted'],
    rows,
  );
  const notes = outcomes.flatMap(({ id, trials }) =>
    trials
      .filter(({ verdict }) => verdict === null)
      .map(({ name, note }) => `${id}, ${name}: ${note}\n`),
  );
  const where = environment
    ? `\nMeasured in ${environment.browser} on ${environment.cores} cores.\n`
    : '';
  return `${table}${notes.length > 0 ? '\n' : ''}${notes.join('')}${where}`;
}

function row({ trials }: Claim, outcome: ClaimOutcome): string[] {
  const lead = leadingTrial(outcome);
  const trial = trials.find(({ name }) => name === lead?.name);
  const start = [outcome.id, outcome.verdict ?? 'no verdict'];
  if (!lead || !trial) return [...start, '', '', ''];
  const { measured, predicted, unit } = lead;
  return [
    ...start,
    rangeText(trial.claimed, unit),
    measured ? intervalText(measured, unit) : '',
    predicted === null ? '' : figure(predicted, unit),
  ];
}
