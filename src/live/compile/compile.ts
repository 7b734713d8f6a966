import { digestHex } from '../../base/digest.ts';
import { suggest } from '../../base/suggest.ts';
import type { RunError } from '../../engine/runner.ts';
import { takeShipped, translate, type Translation } from './translate.ts';
import type { CodeInput, CodeUnit, CompileOutput } from './unit.ts';

/** A source text on its way to being a unit. */
interface Part {
  name: string;
  /** The stage an error in it belongs to. */
  stage: string | undefined;
  translation: Translation;
}

/** Compiles all code of a pipeline: types stripped, imports resolved, in loading order. Never throws. */
export function compileCode(input: CodeInput): CompileOutput {
  const compiler = new Compilation(input);
  const stageUnits = input.stages.map(({ id, source }) =>
    source === null ? -1 : compiler.entry(`stage "${id}"`, id, source, 'default (item, ctx) => …'),
  );
  const sourceUnit =
    input.sourceCode === null
      ? -1
      : compiler.entry('the source', undefined, input.sourceCode, 'default function* (ctx) { … }');
  const { errors, units } = compiler;
  const needs = [...compiler.needs];
  const isDone = errors.length === 0 && needs.length === 0;
  return { code: isDone ? { units, stageUnits, sourceUnit } : null, errors, needs };
}

/** Syntax errors of one text, imports left aside: for an editor. */
export function checkSource(source: string): RunError[] {
  return translate(source).problems.map(({ message, line, column }) => ({ message, line, column }));
}

class Compilation {
  readonly units: CodeUnit[] = [];
  readonly errors: RunError[] = [];
  readonly needs = new Set<string>();
  readonly #input: CodeInput;
  /** Module name → its unit. */
  readonly #loaded = new Map<string, number>();
  /** Modules being loaded, outermost first: meeting one again is a circle. */
  readonly #open: string[] = [];

  constructor(input: CodeInput) {
    this.#input = input;
  }

  /** Compiles a stage or the source. Returns its unit (meaningless once there are errors). */
  entry(name: string, stage: string | undefined, source: string, shape: string): number {
    const translation = translate(source);
    if (translation.problems.length === 0 && !translation.hasDefaultExport) {
      const message = `${capital(name)} has no default export; write \`export ${shape}\`.`;
      this.errors.push(withStage({ message, line: 1, column: 1 }, stage));
    }
    if (translation.moves === null) {
      const message = `${capital(name)} exports \`moves\`, which says whether buffers are moved: write \`export const moves = true;\`, or give it another name.`;
      this.errors.push(withStage({ message, line: 1, column: 1 }, stage));
    }
    return this.#add({ name, stage, translation });
  }

  #add(part: Part): number {
    const { name, stage, translation } = part;
    const { text } = translation;
    for (const problem of translation.problems) {
      const inModule = stage !== undefined && name.startsWith('module') ? ` (in ${name})` : '';
      const message = `${problem.message}${inModule}`;
      this.errors.push(withStage({ message, line: problem.line, column: problem.column }, stage));
    }
    if (!text) return -1;
    const imports = text.specifiers.map((specifier) => this.#resolve(specifier, part));
    if (imports.includes(-1)) return -1;
    const below = imports.map((unit) => this.units[unit]!.digest).join();
    const digest = digestHex(new TextEncoder().encode(`${translation.digest}:${below}`));
    const moves = translation.moves === true;
    return this.units.push({ name, pieces: text.pieces, imports, moves, digest }) - 1;
  }

  /** The unit a specifier stands for; -1: an error was noted, or a text is needed. */
  #resolve(specifier: string, from: Part): number {
    const known = this.#loaded.get(specifier);
    if (known !== undefined) return known;
    const { modules, shippedNames, shippedTexts } = this.#input;
    let unit: number;
    if (Object.hasOwn(modules, specifier)) unit = this.#document(specifier, from);
    else if (!shippedNames.includes(specifier)) unit = this.#refuse(specifier, from);
    else if (Object.hasOwn(shippedTexts, specifier)) {
      const translation = takeShipped(shippedTexts[specifier]!);
      unit = this.#add({ name: `module "${specifier}"`, stage: from.stage, translation });
    } else {
      this.needs.add(specifier);
      unit = -1;
    }
    if (unit >= 0) this.#loaded.set(specifier, unit);
    return unit;
  }

  #document(specifier: string, from: Part): number {
    const at = this.#open.indexOf(specifier);
    if (at >= 0) {
      const circle = [...this.#open.slice(at), specifier].map((name) => `"${name}"`).join(' → ');
      return this.#note(specifier, from, `Modules import each other in a circle: ${circle}.`);
    }
    this.#open.push(specifier);
    const translation = translate(this.#input.modules[specifier]!);
    const unit = this.#add({ name: `module "${specifier}"`, stage: from.stage, translation });
    this.#open.pop();
    return unit;
  }

  #refuse(specifier: string, from: Part): number {
    const names = [...Object.keys(this.#input.modules), ...this.#input.shippedNames];
    const isAddress = /^[a-z][a-z0-9+.-]*:\/\/|^[./]/i.test(specifier);
    const bare = specifier.replace(/^.*\//, '').replace(/\.[cm]?[jt]s$/, '');
    const nearest = suggest(specifier, names) ?? suggest(bare, names);
    const why = isAddress
      ? `"${specifier}" cannot be imported: stage code imports modules by name, never by address`
      : `There is no module "${specifier}"`;
    const instead =
      nearest !== null
        ? `; did you mean "${nearest}"?`
        : `; there ${names.length === 1 ? 'is' : 'are'} ${names.map((name) => `"${name}"`).join(', ') || 'none'}.`;
    return this.#note(specifier, from, `${why}${instead}`);
  }

  #note(specifier: string, from: Part, message: string): number {
    const at = from.translation.imports.find((one) => one.specifier === specifier);
    const inStage = from.name.startsWith('module')
      ? { message }
      : { message, line: at?.line ?? 1, column: at?.column ?? 1 };
    this.errors.push(withStage(inStage, from.stage));
    return -1;
  }
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const withStage = (error: RunError, stage: string | undefined): RunError =>
  stage === undefined ? error : { ...error, stage };
