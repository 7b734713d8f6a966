/**
 * A ledger as the text of a link, the part of an address after "#", which no server ever sees: ids and figures alone, no
 * word of a claim. "#ledger.1.…": version, and base64url of deflated compact JSON.
 *
 *   [ result, … ]     result:  [ time, environment | 0, [ outcome, … ] ]
 *   environment:      [ browser, cores, isolated, timer step in ms, hidden ]
 *   outcome:          [ id, verdict, took in ds, [ trial, … ] ]
 *   trial:            [ code of its name, verdict, interval | 0, predicted | null, curve? ]
 *   interval:         [ value, low | null, high | null, samples ]
 *   curve:            [ [ n, before, after, n, … ], exponent before | 0, exponent after | 0 ]
 */
import { fail, type Result } from '../../base/result.ts';
import { formatBytes, formatCount } from '../../base/units.ts';
import type {
  ClaimOutcome,
  CurveOutcome,
  Interval,
  LedgerResult,
  TrialOutcome,
} from '../../explore/ledger/outcome.ts';
import type { MeasuredEnvironment } from '../../measure/environments.ts';
import type { Claim, ClaimVerdict } from '../../scenarios/claims/claim.ts';
import { fromBase64Url, toBase64Url } from '../link/base64url.ts';
import { deflate, inflate } from '../link/deflate.ts';
import type { ReadLedger } from './ledger-file.ts';
import { ledgerBytesMax, ledgerLinkLettersMax } from './ledger-limits.ts';
import { readPacked } from './read-packed.ts';
import { trialCode } from './trial-code.ts';
import { verdicts } from './verdict-list.ts';

export const ledgerLinkVersion = 1;

/** Whether an address's fragment is meant to be one. */
export const isLedgerLink = (fragment: string): boolean => /^#?ledger\.\d/.test(fragment);

export async function ledgerLinkText(results: readonly LedgerResult[]): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(results.map(packedResult)));
  return `#ledger.${ledgerLinkVersion}.${toBase64Url(await deflate(bytes))}`;
}

/**
 * What a link says of these claims, or one sentence about what is wrong with it. Never throws, and takes bounded time
 * and memory whatever it is given.
 */
export async function readLedgerLink(
  fragment: string,
  claims: readonly Claim[],
): Promise<Result<ReadLedger>> {
  if (fragment.length > ledgerLinkLettersMax)
    return fail(
      `The link has ${formatCount(fragment.length)} letters: the ceiling is ${formatCount(ledgerLinkLettersMax)}.`,
    );
  const [head, version] = /^#?ledger\.(\d{1,4})\./.exec(fragment) ?? [];
  if (head === undefined)
    return fail(`This is no link to a ledger: one begins with #ledger.${ledgerLinkVersion}.`);
  if (Number(version) !== ledgerLinkVersion)
    return fail(
      `The link has version ${Number(version)} of ledgers, and this page reads version ${ledgerLinkVersion}: reload it to get the newest one.`,
    );
  const bytes = fromBase64Url(/^[\w-]*/.exec(fragment.slice(head.length))![0]);
  const content = typeof bytes === 'number' ? 'damaged' : await inflate(bytes, ledgerBytesMax);
  if (content === 'damaged') return fail(damaged);
  if (content === 'too-large')
    return fail(`The link unpacks to more than ${formatBytes(ledgerBytesMax)}, the ceiling.`);
  return readPacked(new TextDecoder().decode(content), claims, damaged);
}

const damaged = 'The link is damaged: its end may have been cut off. Copy it again.';

const packedResult = ({ measuredAt, environment, outcomes }: LedgerResult): unknown[] => [
  measuredAt,
  environment === null ? 0 : packedEnvironment(environment),
  outcomes.map(packedOutcome),
];

const packedEnvironment = (of: MeasuredEnvironment): unknown[] => [
  ...[of.browser, of.cores, Number(of.isolated), short(of.timerStepMs), Number(of.hidden)],
];

const packedOutcome = ({ id, verdict, tookMs, trials }: ClaimOutcome): unknown[] => [
  ...[id, place(verdict), Math.round(tookMs / 100), trials.map(packedTrial)],
];

function packedTrial({ name, verdict, measured, predicted, curve }: TrialOutcome): unknown[] {
  return [
    ...[trialCode(name), place(verdict), packedInterval(measured)],
    predicted === null ? null : short(predicted),
    ...(curve ? [packedCurve(curve)] : []),
  ];
}

const packedCurve = ({ points, exponents }: CurveOutcome): unknown[] => [
  points.flatMap(({ n, before, after }) => [n, short(before), short(after)]),
  packedInterval(exponents?.before ?? null),
  packedInterval(exponents?.after ?? null),
];

const packedInterval = (of: Interval | null): unknown =>
  of === null || !Number.isFinite(of.value)
    ? 0
    : [...[of.value, of.low, of.high].map((figure) => short(figure, judgedDigits)), of.samples];

/** −1: there is none. */
const place = (verdict: ClaimVerdict | null): number =>
  verdict === null ? -1 : verdicts.indexOf(verdict);

/** Whoever reads a link judges its intervals again: 1.004 is a gain, 1.00 is none. */
const judgedDigits = 5;

/** Three digits: more than any interval supports. An end that is nowhere (∞) is null, as JSON has it. */
const short = (figure: number, digits = 3): number | null =>
  Number.isFinite(figure) ? Number(figure.toPrecision(digits)) : null;
