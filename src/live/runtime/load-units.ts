import { steady } from './builtins.ts';

/** A stage's module, as far as it is known. */
export interface StageModule {
  default: (...args: unknown[]) => unknown;
  setup?: unknown;
  init?: unknown;
  finish?: unknown;
}

/** What `Object.prototype` has become is no part of it; with a `then` there it would pass for a promise. */
export const stageModule = (module: StageModule): StageModule =>
  ({ __proto__: null, ...module, default: module.default }) as StageModule;

/** What went wrong with which unit. */
export class LoadError extends Error {
  readonly unit: number;
  constructor(unit: number, cause: unknown) {
    super('a unit could not be loaded', { cause });
    this.unit = unit;
  }
}

/** What a default export looks like. */
export const stageShape = 'export default (item, ctx) => …';
export const sourceShape = 'export default function* (ctx) { … }';

/**
 * Loads the code of stages from blobs the coordinator made.
 * @throws LoadError naming the unit, with what its top level threw as `cause`.
 */
export async function loadUnit(url: string, unit: number, shape: string): Promise<StageModule> {
  try {
    const module = (await steady(import(/* @vite-ignore */ url))) as Partial<StageModule>;
    if (typeof module.default !== 'function') {
      throw new TypeError(`its default export is not a function; write \`${shape}\``);
    }
    if (module.setup !== undefined && typeof module.setup !== 'function') {
      throw new TypeError(
        'its export `setup` is not a function; write `export const setup = () => …`, or give it another name',
      );
    }
    return stageModule(module as StageModule);
  } catch (cause) {
    throw new LoadError(unit, cause);
  }
}
