import { readToCounters, type FromCounters, type ToCounters } from '../../base/counter-port.ts';
import type { CounterStore } from './counter-store.ts';
import { reasonOf } from './refusal.ts';

/** Lets a sandbox count in one namespace, and no other. Every question is answered. */
export function serveCounters(port: MessagePort, store: CounterStore, namespace: string): void {
  port.onmessage = ({ data }: MessageEvent<unknown>) => {
    const message = readToCounters(data);
    if (!message) return;
    const { request } = message;
    const reply = (answer: FromCounters): void => port.postMessage(answer);
    answerOf(message, store, namespace).then(
      (values) => reply({ type: 'counter-values', request, values }),
      (error: unknown) => reply({ type: 'counter-refused', request, why: reasonOf(error) }),
    );
  };
}

const answerOf = (message: ToCounters, store: CounterStore, namespace: string) =>
  message.type === 'counter-read'
    ? store.get(namespace, message.names)
    : store.add(namespace, message.changes);
