import type { Calibration, ToFrame } from './border.ts';
import { checkFromFrame } from './check-border.ts';

const patienceMs = 10_000;
const nothing = { stageIds: [], workers: 0, units: 0, tasks: 0, members: 0, items: 0, marks: 0 };

/**
 * Measures what this browser adds to the work itself, in a frame of its own, in about a second.
 * Nothing else should run meanwhile. @throws Error with a sentence.
 */
export async function calibrate(): Promise<Calibration> {
  const { openFrame } = await import('./sandbox/frame.ts');
  let fail: (error: Error) => void = () => {};
  const failed = new Promise<never>((_, reject) => (fail = reject));
  const frame = await openFrame((message) => fail(new Error(message)));
  const timer = setTimeout(() => fail(new Error('Calibration took too long.')), patienceMs);
  try {
    const calibrated = new Promise<Calibration>((resolve) => {
      frame.port.onmessage = (event: MessageEvent<unknown>) => {
        const message = checkFromFrame(event.data, nothing);
        if (message?.type === 'calibrated') resolve(message.calibration);
        else fail(new Error('The sandbox sent something other than a calibration.'));
      };
    });
    frame.port.postMessage({ type: 'calibrate' } satisfies ToFrame);
    return await Promise.race([calibrated, failed]);
  } finally {
    clearTimeout(timer);
    frame.close();
  }
}
