import { formatPointer } from '../../base/json-pointer.ts';
import { tunableFields, type TunableField } from '../../explore/tuner-fields.ts';
import type { PipelineDocument } from '../../pipeline/types.ts';
import { settingKind } from '../inspector/setting-kind.ts';
import { settingNow } from '../inspector/settings.ts';
import { splitKey } from '../why/bottleneck-words.ts';

/** A field of this many values beside another such makes a map that is read at a glance. */
const valuesMost = 8;

/** The fields that decide most, each with the values worth trying: those limited now come first. */
export function suggestedFields(
  document: PipelineDocument,
  cores: number,
  boundBy?: string,
): TunableField[] {
  const fields = tunableFields(document, { cores, ...(boundBy !== undefined && { boundBy }) });
  return fields
    .filter(({ values }) => values.length > 1)
    .map((field) => ({ ...field, values: thinned(field.values, field.now) }))
    .sort((a, b) => Number(b.isUsual) - Number(a.isUsual));
}

/**
 * A sweep to begin with: what binds against the workers, or else the first two fields that decide.
 * @param boundBy as `lowerBound` names it: "permits:resize".
 */
export function suggestedSweep(
  document: PipelineDocument,
  cores: number,
  boundBy?: string,
): Record<string, unknown[]> {
  const fields = suggestedFields(document, cores, boundBy);
  const binds = fields.find(({ pointer }) => pointer === boundPointer(boundBy));
  const chosen = [...new Set([...(binds ? [binds] : []), ...fields])].slice(0, 2);
  return Object.fromEntries(chosen.map(({ pointer, values }) => [pointer, [...values]]));
}

function boundPointer(boundBy = ''): string | null {
  const [kind, name] = splitKey(boundBy);
  if (kind === 'permits') return formatPointer(['stages', name, 'permits']);
  if (kind === 'limit') return formatPointer(['limits', name]);
  if (kind === 'in-flight') return '/machine/inFlight';
  return null;
}

/** Values worth trying for a field that somebody adds: what it is now is among them. */
export function usualValues(document: PipelineDocument, cores: number, pointer: string): unknown[] {
  const known = tunableFields(document, { cores }).find((field) => field.pointer === pointer);
  if (known) return thinned(known.values, known.now);
  const now = settingNow(document, pointer);
  const { choices } = settingKind(document, pointer);
  if (choices)
    return choices.map((choice) => (/^(true|false)$/.test(choice) ? choice === 'true' : choice));
  if (typeof now !== 'number' || now === 0) return [now];
  const around = [0.25, 0.5, 1, 2, 4].map((times) => now * times);
  return Number.isInteger(now)
    ? [...new Set(around.map((value) => Math.max(1, Math.round(value))))]
    : around;
}

/** At most `valuesMost` of them, the first, the last and what is now among them. */
function thinned(values: readonly unknown[], now: number): unknown[] {
  if (values.length <= valuesMost) return [...values];
  const step = (values.length - 1) / (valuesMost - 1);
  const kept = Array.from({ length: valuesMost }, (_, at) => Math.round(at * step));
  if (!kept.includes(now)) {
    const inner = kept.slice(1, -1);
    const nearest = inner.reduce((a, b) => (Math.abs(b - now) < Math.abs(a - now) ? b : a));
    kept[kept.indexOf(nearest)] = now;
  }
  return kept.sort((a, b) => a - b).map((at) => values[at]);
}
