import type { FromFrame, ToFrame } from '../border.ts';
import { reportedCores } from '../environment.ts';
import { calibrate } from './calibrate.ts';
import { LiveRun } from './live-run.ts';
import { ThisBrowser } from './this-browser.ts';

/** What the frame starts the coordinator with. */
export interface CoordinatorStart {
  /** Its program. */
  stageWorker: string;
  /** To the page. */
  port: MessagePort;
  /** See `ResultDigest`; null: the frame cannot hash. */
  hasher: MessagePort | null;
  /** Of the device; null: the browser does not tell. */
  memoryGiB: number | null;
}

/** Listens to the page. */
export function openCoordinator({ stageWorker, port, hasher, memoryGiB }: CoordinatorStart): void {
  const url = URL.createObjectURL(new Blob([stageWorker], { type: 'text/javascript' }));
  listen(port, url, new ThisBrowser(hasher, memoryGiB));
}

/** One run, or one calibration; then the frame is thrown away, or the next one comes with a port of its own. */
function listen(port: MessagePort, url: string, browser: ThisBrowser): void {
  const post = (message: FromFrame, transfer: Transferable[] = []) =>
    port.postMessage(message, transfer);
  let run: LiveRun | null = null;

  const hear = (message: ToFrame, sent: MessagePort | null) => {
    switch (message.type) {
      case 'start':
        run = new LiveRun(message.run, browser, url, sent, post);
        run.begin();
        break;
      case 'items':
        run?.items(message.items, message.done);
        break;
      case 'stop':
        run?.stop();
        break;
      case 'pause':
        run?.pause();
        break;
      case 'resume':
        run?.resume();
        break;
      case 'kill':
        run?.kill(message.worker);
        break;
      case 'counters-open':
        run?.countersOpen(sent, message.why);
        break;
      case 'flush':
        run?.flush();
        break;
      case 'halt':
        run?.halt();
        break;
      case 'look':
        post({ type: 'here' });
        break;
      case 'again':
        port.close();
        listen(sent!, url, browser);
        break;
      case 'calibrate':
        void calibrate(url, reportedCores()).then(
          (calibration) => post({ type: 'calibrated', calibration }),
          (error) => post({ type: 'not-calibrated', why: wordsOf(error) }),
        );
    }
  };
  port.onmessage = (event: MessageEvent<ToFrame>) => {
    try {
      hear(event.data, event.ports[0] ?? null);
    } catch (error) {
      post({
        type: 'finished',
        resultsDigest: '',
        resultsOmitted: 0,
        models: {},
        timerStepMs: 0,
        error: { message: `The run could not start: ${wordsOf(error)}`, stage: null, place: null },
      });
    }
  };
}

const wordsOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);
