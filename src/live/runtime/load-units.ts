/** A stage's module, as far as it is known. */
export interface StageModule {
  default: (...args: unknown[]) => unknown;
  setup?: unknown;
  init?: unknown;
  finish?: unknown;
}

/** What went wrong with which unit. */
export class LoadError extends Error {
  readonly unit: number;
  constructor(unit: number, cause: unknown) {
    super('a unit could not be loaded', { cause });
    this.unit = unit;
  }
}

/**
 * Loads the code of stages from blobs the coordinator made.
 * @throws LoadError naming the unit, with what its top level threw as `cause`.
 */
export async function loadUnit(url: string, unit: number): Promise<StageModule> {
  try {
    const module = (await import(/* @vite-ignore */ url)) as Partial<StageModule>;
    if (typeof module.default !== 'function') {
      throw new TypeError(
        'its default export is not a function; write `export default (item, ctx) => …`',
      );
    }
    return { ...module, default: module.default };
  } catch (cause) {
    throw new LoadError(unit, cause);
  }
}
