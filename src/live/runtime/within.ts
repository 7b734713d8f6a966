import { asPromise, isThenable, NativePromise, onSettled, setTimer } from './builtins.ts';

/** A set-up's value, or why there is none: it took longer than `timeoutMs` (null: it may). */
export function within(timeoutMs: number | null, value: unknown): unknown {
  if (timeoutMs === null || !isThenable(value)) return value;
  return new NativePromise((resolve, reject) => {
    onSettled(asPromise(value), resolve, reject);
    setTimer(
      () => reject(new Error(`it took longer than the stage's timeout of ${timeoutMs} ms`)),
      timeoutMs,
    );
  });
}
