import type { Calibration } from '../engine/runner.ts';
import type { ToFrame } from './border.ts';
import { checkFromFrame } from './check-border.ts';

const patienceMs = 30_000;
const nothing = { stageIds: [], workers: 0, units: 0, tasks: 0, members: 0, items: 0, marks: 0 };

/**
 * Measures what this browser adds to the work itself, in a frame of its own, in a second or two.
 * Nothing else should run meanwhile. @throws Error with a sentence.
 */
export async function calibrate(): Promise<Calibration> {
  const { openFrame } = await import('./sandbox/frame.ts');
  let fail: (error: Error) => void = () => {};
  const failed = new Promise<never>((_, reject) => (fail = reject));
  const frame = await openFrame();
  frame.onFailure = (message) => fail(new Error(message));
  const timer = setTimeout(() => fail(new Error('Calibration took too long.')), patienceMs);
  try {
    return await Promise.race([calibrationOver(frame.port), failed]);
  } finally {
    clearTimeout(timer);
    frame.close();
  }
}

/** Asks the coordinator at the other end of a port. @throws Error with its sentence, or with one about it. */
export function calibrationOver(port: MessagePort): Promise<Calibration> {
  return new Promise((resolve, reject) => {
    port.onmessage = (event: MessageEvent<unknown>) => {
      const message = checkFromFrame(event.data, nothing);
      if (message?.type === 'calibrated') resolve(message.calibration);
      else if (message?.type === 'not-calibrated') reject(new Error(message.why));
      else reject(new Error('The sandbox sent something other than a calibration.'));
    };
    port.postMessage({ type: 'calibrate' } satisfies ToFrame);
  });
}
