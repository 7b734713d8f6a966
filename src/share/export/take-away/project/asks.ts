/**
 * What stage code asks of the run as a whole: counters, and turns at the rate-limited service. Threads ask over a
 * channel that all threads of this process share; whoever started them answers.
 */
import { BroadcastChannel } from 'node:worker_threads';

export type Question =
  | { what: 'add'; name: string; by: number; write: CounterWrite }
  | { what: 'value'; name: string }
  /** ms until a call of the service may begin. */
  | { what: 'turn' };

/** When an update must be kept: at once, after so many, or after so long. */
export type CounterWrite = 'through' | { every: number } | { everyMs: number };
export type Answerer = (question: Question) => Promise<number>;

const channelName = 'millrace-asks';
type Message = { id: string; question: Question } | { id: string; answer: number } | Refusal;
type Refusal = { id: string; refused: string };

/** For a thread: asks, and waits for the answer. */
export function makeAsk(thread: number): Answerer {
  let channel: BroadcastChannel | null = null;
  let next = 0;
  const open = new Map<string, (message: Message) => void>();
  const hear = (event: unknown): void => {
    const message = (event as { data: Message }).data;
    const answered = open.get(message.id);
    if (!answered || 'question' in message) return;
    open.delete(message.id);
    if (open.size === 0) channel?.unref();
    answered(message);
  };
  return (question) =>
    new Promise((resolve, reject) => {
      if (!channel) {
        channel = new BroadcastChannel(channelName);
        channel.onmessage = hear;
      }
      const id = `${thread}.${next++}`;
      open.set(id, (message) => {
        if ('answer' in message) resolve(message.answer);
        else reject(new Error('refused' in message ? message.refused : 'no answer came'));
      });
      channel.ref();
      channel.postMessage({ id, question });
    });
}

/** For whoever started the threads. Returns a function that ends it. */
export function answerAsks(answer: Answerer): () => void {
  const channel = new BroadcastChannel(channelName);
  channel.onmessage = (event: unknown) => {
    const message = (event as { data: Message }).data;
    if (!('question' in message)) return;
    const { id, question } = message;
    answer(question).then(
      (value) => channel.postMessage({ id, answer: value }),
      (error: Error) => channel.postMessage({ id, refused: error.message }),
    );
  };
  channel.unref();
  return () => channel.close();
}
