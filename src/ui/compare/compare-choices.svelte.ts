import { sequentialSet } from '../../explore/sequential.ts';
import type { PipelineDocument } from '../../pipeline/types.ts';
import { changeWords } from '../versions/change-words.ts';
import type { App } from '../state/app.svelte.ts';
import { sameWork } from '../state/same-work.ts';
import { defaultBudgetMs, settle, thisDocument, type Setting } from './measure-settings.ts';

/** One row of what can be compared. */
export interface Choice {
  setting: Setting;
  kind: 'this' | 'variant' | 'earlier' | 'sequential';
  /** What it changes, or what it is. */
  words: string;
  /** Why it cannot be run; null: it can. */
  problem: string | null;
  /** Runs as this document does: measured only if asked for. */
  isSame: boolean;
}

/** What only describes a document is nothing that a run could show. */
const workWords = (before: PipelineDocument, after: PipelineDocument): string =>
  changeWords(onlyWork(before), onlyWork(after)).join('; ');

function onlyWork(document: PipelineDocument): PipelineDocument {
  const {
    name: _,
    notes: _n,
    targets: _t,
    variants: _v,
    sweep: _s,
    lesson: _l,
    ...work
  } = document;
  return work;
}

/** "workers 4 → 2; buffer of “Slow” 3 → 0; and 2 more". */
function settingWords(document: PipelineDocument, setting: Setting): string {
  const [plain, changed] = [settle(document, thisDocument), settle(document, setting)];
  if (typeof plain === 'string' || typeof changed === 'string') return '';
  return workWords(plain.document, changed.document);
}

/** Everything the document offers to be compared, this document first. */
export function choicesOf(app: App): Choice[] {
  const { document } = app.doc;
  const row = (setting: Setting, kind: Choice['kind'], about = ''): Choice => {
    const settled = settle(document, setting);
    const problem = typeof settled === 'string' ? settled : null;
    const isSame =
      kind !== 'this' && typeof settled !== 'string' && sameWork(settled.document, document);
    const words = isSame
      ? 'the same as this document'
      : about || settingWords(document, setting) || 'changes nothing';
    return { setting, kind, words, problem, isSame };
  };
  const variants = (document.variants ?? []).map((variant) => row(variant, 'variant'));
  const opened = openedDocument(app);
  const ran = app.runs.last?.document;
  // One row is enough of what runs alike.
  const last = ran && sameWork(ran, opened) ? undefined : ran;
  const [own, sequential, ...others] = namedApart([
    row(thisDocument, 'this', 'as the knobs stand now'),
    row({ name: 'sequential', set: sequentialSet }, 'sequential', 'one worker, one task at a time'),
    ...variants,
    ...earlier(app, 'as opened', opened, row, variants),
    ...earlier(app, 'as last run', last, row, variants),
  ]);
  return [own!, ...others, sequential!];
}

/** Everything goes by name here, and a reader may call a variant whatever they like. */
function namedApart(choices: readonly Choice[]): Choice[] {
  const taken = new Set<string>();
  return choices.map((choice) => {
    let { name } = choice.setting;
    for (let more = 2; taken.has(name); more++) name = `${choice.setting.name} (${more})`;
    taken.add(name);
    return { ...choice, setting: { ...choice.setting, name } };
  });
}

function earlier(
  { doc }: App,
  name: string,
  document: PipelineDocument | undefined,
  row: (setting: Setting, kind: Choice['kind'], about: string) => Choice,
  variants: readonly Choice[],
): Choice[] {
  if (!document || sameWork(document, doc.document)) return [];
  const says = ({ setting }: Choice): boolean => {
    const settled = settle(doc.document, setting);
    return typeof settled !== 'string' && sameWork(settled.document, document);
  };
  if (variants.some(says)) return [];
  const about = workWords(doc.document, document);
  return [row({ name, set: {}, document }, 'earlier', about)];
}

/** The document as it came in, before any edit. */
function openedDocument({ doc }: App): PipelineDocument {
  const { past, present } = doc.history;
  const states = [...past, present].filter(({ work }) => work.id === present.work.id);
  return (states.findLast(({ opened }) => opened !== null) ?? states[0]!).document;
}

/** What is ticked, of one document; it stays while other panels are looked at. */
export class CompareChoices {
  budgetMs = $state(defaultBudgetMs);
  /** Name of what the others are compared with. */
  reference = $state(thisDocument.name);
  /** By name: taken in or left out by hand; the others by their kind. */
  private ticked: Readonly<Record<string, boolean>> = $state.raw({});

  isTicked({ setting, kind, isSame }: Choice): boolean {
    return this.ticked[setting.name] ?? (kind !== 'sequential' && !isSame);
  }

  tick(name: string, isIn: boolean): void {
    this.ticked = { ...this.ticked, [name]: isIn };
  }

  /** What is to be measured, the reference first; empty: there are not two. */
  chosen(choices: readonly Choice[]): Setting[] {
    const able = choices.filter((choice) => choice.problem === null && this.isTicked(choice));
    const first = able.find(({ setting }) => setting.name === this.reference) ?? able[0];
    if (!first || able.length < 2) return [];
    return [first, ...able.filter((choice) => choice !== first)].map(({ setting }) => setting);
  }
}

const kept = new WeakMap<App, { workId: string; choices: CompareChoices }>();

/** Those of the document that is open. */
export function compareChoices(app: App): CompareChoices {
  const { workId } = app.doc;
  let known = kept.get(app);
  if (known?.workId !== workId) kept.set(app, (known = { workId, choices: new CompareChoices() }));
  return known.choices;
}
