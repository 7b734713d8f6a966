import type { CodeOf } from '../base/code-of.ts';

/** How far a run is. */
export * as Phase from './codes/phase.ts';
export type Phase = CodeOf<typeof import('./codes/phase.ts')>;

/** How far the closing task of an `all` or a `fold` is. */
export * as Closing from './codes/closing.ts';
export type Closing = CodeOf<typeof import('./codes/closing.ts')>;
