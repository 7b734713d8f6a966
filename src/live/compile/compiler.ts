import type { Pipeline } from '../../pipeline/types.ts';
import type { RunError } from '../../engine/runner.ts';
import type { CodeInput, CompiledCode, CompileOutput } from './unit.ts';

/** The compile worker as the page sees it (through Comlink), or the functions themselves. */
export interface CompileRemote {
  compile(input: CodeInput): Promise<CompileOutput> | CompileOutput;
  check(source: string): Promise<RunError[]> | RunError[];
  /** TypeScript to JavaScript by leaving the types out. */
  strip(source: string): Promise<string> | string;
}

/** Specifier → its text, fetched when first imported. */
export type ShippedModules = Record<string, () => Promise<string>>;

/** Compiles pipelines, fetching the shipped modules they import. */
export class PipelineCompiler {
  readonly #remote: () => CompileRemote;
  readonly #shipped: ShippedModules;
  readonly #texts: Record<string, string> = {};

  /** @param remote started on first use. */
  constructor(remote: () => CompileRemote, shipped: ShippedModules) {
    this.#remote = remote;
    this.#shipped = shipped;
  }

  async check(source: string): Promise<RunError[]> {
    return this.#remote().check(source);
  }

  async strip(source: string): Promise<string> {
    return this.#remote().strip(source);
  }

  async compile(pipeline: Pipeline): Promise<{ code: CompiledCode } | { errors: RunError[] }> {
    const input: CodeInput = {
      stages: pipeline.stages.map(({ id, work }) => ({
        id,
        source: work.kind === 'code' ? work.source : null,
      })),
      sourceCode: pipeline.source.kind === 'code' ? pipeline.source.code : null,
      modules: pipeline.modules,
      shippedNames: Object.keys(this.#shipped),
      shippedTexts: {},
    };
    if (input.sourceCode === null && input.stages.every((stage) => stage.source === null)) {
      const stageUnits = input.stages.map(() => -1);
      return { code: { units: [], stageUnits, sourceUnit: -1 } };
    }
    for (;;) {
      const { code, errors, needs } = await this.#remote().compile(input);
      if (code) return { code };
      if (errors.length > 0) return { errors };
      for (const name of needs) {
        this.#texts[name] ??= await this.#shipped[name]!();
        input.shippedTexts[name] = this.#texts[name];
      }
    }
  }
}
