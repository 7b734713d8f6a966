import type { TakeAwayKind } from './take-away.ts';

/** What is started by hand. */
export function mainFiles(kind: TakeAwayKind): [path: string, text: string][] {
  if (kind === 'piscina') return [['main.js', threadsMain]];
  return [
    ['main.js', jobsMain],
    ['worker.js', jobsWorker],
    ['redis.js', redisFile],
  ];
}

const threadsMain = `// Runs the pipeline on the threads of this machine: npm start
import { answerAsks } from './lib/asks.js';
import { Flow } from './lib/flow.js';
import { LocalAnswers } from './lib/local-answers.js';
import { report } from './lib/report.js';
import { Threads } from './lib/threads.js';
import { pipeline } from './pipeline.js';
import { items } from './source.js';

// Counters of stage code outlive a run: delete the file to count from 0 again.
const answers = new LocalAnswers('counters.json', pipeline.service.rate);
const endAnswers = answerAsks(answers.answer);
const threads = new Threads(pipeline);

const startMs = performance.now();
const result = await new Flow(pipeline, threads).run(items(answers.answer));
await report(result, 'results.jsonl', performance.now() - startMs);

answers.write();
endAnswers();
await threads.close();
`;

const jobsMain = `// Takes items from the source through the pipeline: npm start
// Tasks are jobs in Redis; start as many workers as you like, wherever you like: npm run worker
import { answerAsks } from './lib/asks.js';
import { Flow } from './lib/flow.js';
import { Jobs } from './lib/jobs.js';
import { redisAnswers } from './lib/redis-answers.js';
import { report } from './lib/report.js';
import { Threads } from './lib/threads.js';
import { pipeline } from './pipeline.js';
import { connect, disconnect, prefix, queueName, slots } from './redis.js';
import { items } from './source.js';

const answer = redisAnswers(connect(), prefix, pipeline.service.rate);
const endAnswers = answerAsks(answer);
// Folds run here, each on a thread of its own: what they have come to is in one place.
const folds = new Threads({ ...pipeline, threads: { ...pipeline.threads, warm: 0 } });
const jobs = new Jobs({ pipeline, queueName, connection: connect(), slots, folds });
await jobs.ready();

const startMs = performance.now();
const result = await new Flow(pipeline, jobs).run(items(answer));
await report(result, 'results.jsonl', performance.now() - startMs);

endAnswers();
await jobs.close();
disconnect();
`;

const jobsWorker = `// Takes jobs and runs them on the threads of this machine until it is told to end (Ctrl+C): npm run worker
import { Worker } from 'bullmq';
import { answerAsks } from './lib/asks.js';
import { redisAnswers } from './lib/redis-answers.js';
import { Threads } from './lib/threads.js';
import { packed, unpacked } from './lib/values.js';
import { pipeline } from './pipeline.js';
import { connect, disconnect, prefix, queueName, stalledMs } from './redis.js';

const endAnswers = answerAsks(redisAnswers(connect(), prefix, pipeline.service.rate));
const threads = new Threads(pipeline);
const worker = new Worker(queueName, async ({ data }) => packed(await threads.run(unpacked(data))), {
  connection: connect(),
  concurrency: threads.slots,
  // A worker that dies lets go of its jobs after so long; another takes them, once.
  lockDuration: stalledMs,
  stalledInterval: stalledMs,
  maxStalledCount: 1,
});
worker.on('error', (error) => console.error(error.message));
await worker.waitUntilReady();
console.error(\`Takes up to \${threads.slots} jobs at once.\`);

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, async () => {
    // Ends when what it has begun is done.
    await worker.close();
    endAnswers();
    await threads.close();
    disconnect();
  });
}
`;

const redisFile = `// Where Redis is, and what is called how in it.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Redis } from 'ioredis';

const { REDIS_URL = 'redis://127.0.0.1:6379', SLOTS = '64', STALLED_MS = '30000' } = process.env;

const read = (file) => readFileSync(new URL(file, import.meta.url), 'utf8');
const { name } = JSON.parse(read('./package.json'));
const document = createHash('sha256').update(read('./pipeline.json')).digest('hex').slice(0, 8);

// Other projects may have the same name: only copies of this one work together.
export const queueName = \`\${name}-\${document}\`;
export const prefix = queueName;
/** Tasks of a stage without permits that may be handed out at once: as many as all workers can hold. */
export const slots = Number(SLOTS);
/** A job of a worker that says nothing for so long goes to another one. */
export const stalledMs = Number(STALLED_MS);
const open = [];
export function connect() {
  const redis = new Redis(REDIS_URL, { maxRetriesPerRequest: null });
  open.push(redis);
  return redis;
}
/** Whoever is handed a connection leaves it open. */
export const disconnect = () => open.forEach((redis) => redis.disconnect());
`;
