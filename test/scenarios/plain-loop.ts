import { cutImports } from '../../src/live/compile/cut-imports.ts';
import { stripTypes } from '../../src/live/compile/strip-types.ts';
import type { PipelineDocument } from '../../src/pipeline/types.ts';
import { shippedModules } from '../../src/scenarios/shipped-modules.ts';
import { nothing, stageContext } from './support.ts';

interface StageModule {
  default: (...values: unknown[]) => unknown;
  setup?: () => unknown;
  init?: () => unknown;
  finish?: (accumulator: unknown) => unknown;
}

/**
 * Runs a document of code stages as a plain loop, one stage after another, from the very text a worker would
 * load. Gives the outputs of the last stages by stage id; keys are item numbers, or -1 for an `all` or `fold`.
 */
export async function plainLoop(
  document: PipelineDocument,
  items: readonly unknown[],
): Promise<Record<string, Map<number, unknown>>> {
  const outputs = new Map<string, Map<number, unknown>>();
  const source = new Map(items.map((item, index) => [index, item]));
  for (const stage of document.stages) {
    if (stage.work.kind !== 'code') throw new Error(`${stage.id} has no code`);
    const run = await load(stage.work.source, document.modules ?? {});
    const parents = stage.after ?? [];
    const inputs = parents.map((id) => outputs.get(id)!);
    const first = inputs[0] ?? source;
    const ctx = withSetUp(stageContext(), run);
    const result = new Map<number, unknown>();
    if (stage.join === 'all') {
      result.set(-1, await run.default([...first.values()], ctx));
    } else if (stage.join === 'fold') {
      let accumulator = run.init?.();
      for (const item of first.values()) accumulator = await run.default(accumulator, item, ctx);
      result.set(-1, run.finish ? run.finish(accumulator) : accumulator);
    } else {
      for (const [number, value] of first) {
        const zipped = Object.fromEntries(parents.map((id, i) => [id, inputs[i]!.get(number)]));
        const item = parents.length > 1 ? zipped : value;
        const batched = (stage.batch?.size ?? 1) > 1;
        const output = await run.default(batched ? [item] : item, ctx);
        const plain = batched ? (output as unknown[])[0] : output;
        if (plain !== nothing) result.set(number, structuredClone(plain));
      }
    }
    outputs.set(stage.id, result);
  }
  const taken = new Set(document.stages.flatMap((stage) => stage.after ?? []));
  return Object.fromEntries([...outputs].filter(([id]) => !taken.has(id)));
}

/** Sets up when the stage first looks at it: who only practises there need not in a plain loop. */
function withSetUp(ctx: StageContext, { setup }: StageModule): StageContext {
  let made: unknown;
  return Object.defineProperty(ctx, 'setup', { get: () => (made ??= setup?.()) });
}

/** A stage's module, from its text. */
export async function load(
  source: string,
  modules: Record<string, string> = {},
): Promise<StageModule> {
  const address = asDataUrl(await resolveImports(stripTypes(source), modules));
  return (await import(/* @vite-ignore */ address)) as StageModule;
}

async function resolveImports(code: string, modules: Record<string, string>): Promise<string> {
  const { pieces, specifiers } = cutImports(code);
  let result = pieces[0]!;
  for (const [at, specifier] of specifiers.entries()) {
    const own = modules[specifier];
    const text =
      own === undefined
        ? await shippedModules[specifier]!()
        : await resolveImports(stripTypes(own), modules);
    result += asDataUrl(text) + pieces[at + 1]!;
  }
  return result;
}

function asDataUrl(text: string): string {
  return `data:text/javascript;base64,${Buffer.from(text).toString('base64')}`;
}
