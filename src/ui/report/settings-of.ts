import { formatPointer } from '../../base/json-pointer.ts';
import { same } from '../../base/same-json.ts';
import { withDefaults } from '../../pipeline/defaults.ts';
import { stageTitle } from '../../pipeline/stage-title.ts';
import type { PipelineDocument, SyntheticWork } from '../../pipeline/types.ts';
import { settingKind, settingText } from '../inspector/setting-kind.ts';
import { settingTitle } from '../inspector/settings.ts';

/** More are told by their number: the file has them all. */
const most = 12;
/** What a stage is and does is told beside its settings. */
const told = new Set(['id', 'name', 'after', 'work']);
const whole = ['machine', 'limits', 'cache', 'seed'] as const;

/**
 * The settings that are not the defaults, in the words of the inspector: "Permits 4".
 * @param stage of this stage, by id; null: of the whole.
 */
export function settingsOf(document: PipelineDocument, stage: string | null): string[] {
  const given = withDefaults(document);
  const work: SyntheticWork = { kind: 'synthetic', phases: [] };
  const plain = withDefaults({ format: 'millrace/1', stages: [{ id: stage ?? 'a', work }] });
  const own = given.stages.find(({ id }) => id === stage);
  const prefix = own ? `${stageTitle(own)}: ` : '';
  const differing = (value: object, usual: object, path: readonly string[]): string[] =>
    Object.keys(value)
      .filter((key) => stage === null || !told.has(key))
      .flatMap((key) => leaves(fieldOf(value, key), fieldOf(usual, key), [...path, key]))
      .map(({ pointer, value: leaf }) => {
        const name = settingTitle(document, pointer).slice(prefix.length);
        return `${name} ${settingText(settingKind(document, pointer), leaf)}`;
      });
  const texts =
    stage === null
      ? differing(only(given), only(plain), [])
      : own
        ? differing(own, plain.stages[0]!, ['stages', stage])
        : [];
  return texts.length > most ? [...texts.slice(0, most), `and ${texts.length - most} more`] : texts;
}

const only = (pipeline: ReturnType<typeof withDefaults>): object =>
  Object.fromEntries(whole.map((key) => [key, pipeline[key]]));

const fieldOf = (value: unknown, key: string): unknown => (isTable(value) ? value[key] : undefined);

interface Leaf {
  pointer: string;
  value: unknown;
}

/** The values below that differ; a list counts as one. */
function leaves(value: unknown, usual: unknown, path: readonly string[]): Leaf[] {
  if (isTable(value)) {
    return Object.keys(value).flatMap((key) =>
      leaves(value[key], fieldOf(usual, key), [...path, key]),
    );
  }
  if (same(value, usual)) return [];
  return [{ pointer: formatPointer(path), value }];
}

const isTable = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
