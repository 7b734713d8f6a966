import { canonicalBytes, digestHex, digestHexOfParts } from '../../base/digest.ts';
import type { PlanStage } from '../../engine/plan.ts';
import type { CompiledCode } from '../compile/unit.ts';

/** Inputs larger than this are not looked up: hashing them would cost more than most stages. */
const inputBytesMax = 64 * 1024 * 1024;

/**
 * Names results by everything they depend on: the stage's code and that of its modules, the version the
 * document gives, settings that change what the code sees, and the input's content.
 */
export class CacheKeys {
  readonly #salts: Uint8Array[];
  readonly #stageIds: string[];
  /** Key → a small number, so that the scheduler can tell equal keys. */
  readonly #ids = new Map<string, number>();

  constructor(stages: readonly PlanStage[], code: CompiledCode, seed: number) {
    this.#stageIds = stages.map(({ stage }) => stage.id);
    this.#salts = stages.map(({ index, stage, parents }) => {
      const { work } = stage;
      const unit = code.stageUnits[index]!;
      const what =
        work.kind === 'code'
          ? code.units[unit]!.digest
          : { output: work.output, expand: work.expand, phases: work.phases };
      // Draws (ctx.random, synthetic outputs) descend from the seed and the stage's id.
      const settings = [
        'millrace/1',
        what,
        stage.cache?.version ?? '1',
        stage.join,
        parents.length > 1 ? stage.after : [],
        stage.id,
        seed,
        stage.batch.size > 1,
      ];
      return new TextEncoder().encode(digestHex(canonicalBytes(settings)));
    });
  }

  /** The key of a result; null: the input cannot be named (too large, or not plain data). */
  keyOf(stage: number, input: unknown): string | null {
    try {
      return digestHexOfParts([this.#salts[stage]!, canonicalBytes(input, inputBytesMax)]);
    } catch {
      return null;
    }
  }

  stageId(stage: number): string {
    return this.#stageIds[stage]!;
  }

  idOf(key: string): number {
    let id = this.#ids.get(key);
    if (id === undefined) {
      id = this.#ids.size;
      this.#ids.set(key, id);
    }
    return id;
  }
}
