import type { RunError } from '../../engine/runner.ts';
import type { Compiler } from '../services.ts';

/** Syntax errors of many pieces of code, each text checked once. */
export class CodeChecker {
  private readonly known = new Map<string, RunError[]>();
  private readonly compiler: Compiler;

  constructor(compiler: Compiler) {
    this.compiler = compiler;
  }

  /** Only the ids with errors. A compiler that cannot be reached says nothing about the code. */
  async check(codes: readonly { id: string; source: string }[]): Promise<Map<string, RunError[]>> {
    const problems = new Map<string, RunError[]>();
    for (const { id, source } of codes) {
      const errors = this.known.get(source) ?? (await this.compiler.check(source).catch(() => []));
      this.known.set(source, errors);
      if (errors.length > 0) problems.set(id, errors);
    }
    return problems;
  }
}
