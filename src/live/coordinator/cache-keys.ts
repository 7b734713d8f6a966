import { canonicalBytes, digestHex, digestHexOfParts, exactBytes } from '../../base/digest.ts';
import type { Plan } from '../../engine/plan.ts';
import type { CompiledCode } from '../compile/unit.ts';
import { serviceOf } from '../service-of.ts';
import { mayAskWho } from './asks-who.ts';

/** Inputs larger than this are not looked up: hashing them would cost more than most stages. */
const inputBytesMax = 64 * 1024 * 1024;

/**
 * Names results by everything they depend on: the stage's code and that of its modules, the version the
 * document gives, settings that change what the code sees or gets, the input's content, and, where the code may ask
 * for that, which item it is.
 */
export class CacheKeys {
  readonly #salts: Uint8Array[];
  readonly #stageIds: string[];
  readonly #asksWho: boolean[];
  /** Key → a small number, so that the scheduler can tell equal keys. */
  readonly #ids = new Map<string, number>();

  constructor({ stages, pipeline }: Plan, code: CompiledCode) {
    // How fast the service answers changes nothing of what it says.
    const { items, pageSize, failure } = serviceOf(pipeline);
    this.#stageIds = stages.map(({ stage }) => stage.id);
    this.#asksWho = code.stageUnits.map((unit) => unit >= 0 && mayAskWho(code, unit));
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
        pipeline.seed,
        stage.batch.size > 1,
        work.kind === 'code' ? [items, pageSize, failure] : [],
      ];
      return new TextEncoder().encode(digestHex(canonicalBytes(settings)));
    });
  }

  /**
   * The key of a result; null: the input cannot be named (too large, or not data that can be read).
   * @param who what tells the item from all others.
   */
  keyOf(stage: number, input: unknown, who: readonly number[]): string | null {
    try {
      const parts = [this.#salts[stage]!, exactBytes(input, inputBytesMax)];
      if (this.#asksWho[stage]) parts.push(canonicalBytes(who));
      return digestHexOfParts(parts);
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
