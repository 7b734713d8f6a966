import { bootstrapHash, coordinatorText, stageWorkerText } from 'virtual:millrace/frame';
import type { ToFrame } from '../border.ts';
import { frameHtml } from './frame-html.ts';

/** A frame of opaque origin with a coordinator running in it. */
export interface Frame {
  /** To and from the coordinator: plain data only, nothing is ever exposed on it. */
  readonly port: MessagePort;
  /** Called (once, with a sentence) if nothing can run in it. */
  onFailure: (message: string) => void;
  /** A new line to the coordinator, for another run: what the last one still says is not heard any more. */
  renew(): void;
  /** Nobody has taken it out of the page. */
  readonly isAttached: boolean;
  /** Removes the frame and with it every worker inside. */
  close(): void;
}

/** Opens a fresh sandbox. @throws Error when the frame does not load. */
export async function openFrame(): Promise<Frame> {
  const element = document.createElement('iframe');
  element.setAttribute('sandbox', 'allow-scripts');
  element.setAttribute('allow', 'cross-origin-isolated');
  element.setAttribute('aria-hidden', 'true');
  element.title = 'Sandbox of the running pipeline';
  element.tabIndex = -1;
  // Not `display: none`: some browsers slow down or do not load what is not shown.
  element.style.cssText =
    'position:fixed;width:1px;height:1px;left:-9px;top:-9px;border:0;opacity:0;pointer-events:none';
  element.srcdoc = frameHtml(bootstrapHash);
  const loaded = new Promise<void>((resolve, reject) => {
    element.onload = () => resolve();
    element.onerror = () => reject(new Error('The sandbox frame could not be loaded.'));
  });
  document.body.append(element);
  await loaded;

  const { port1, port2 } = new MessageChannel();
  let port = port1;
  const listen = (event: MessageEvent) => {
    if (event.source !== element.contentWindow) return;
    const { data } = event as MessageEvent<unknown>;
    const isFailure =
      typeof data === 'object' && data !== null && 'message' in data && 'type' in data;
    if (!isFailure || data.type !== 'frame-failed' || typeof data.message !== 'string') return;
    frame.onFailure(`The sandbox could not start its workers: ${data.message.slice(0, 500)}`);
  };
  const frame: Frame = {
    get port() {
      return port;
    },
    onFailure() {},
    renew() {
      const { port1, port2 } = new MessageChannel();
      port.postMessage({ type: 'again' } satisfies ToFrame, [port2]);
      port.close();
      port = port1;
    },
    get isAttached() {
      return element.isConnected;
    },
    close() {
      removeEventListener('message', listen);
      port.close();
      element.remove();
    },
  };
  addEventListener('message', listen);
  // The frame's origin is opaque, so no other target could be named.
  element.contentWindow!.postMessage(
    { coordinator: coordinatorText, stageWorker: stageWorkerText },
    '*',
    [port2],
  );
  return frame;
}
