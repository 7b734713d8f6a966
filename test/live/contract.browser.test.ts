import { parseDocument } from '../../src/pipeline/parse.ts';
import { schedulerContract } from '../sim/contract.ts';
import { runLive } from './run-live.ts';

// Real workers and the real clock: the same scheduler must keep the same contract.
schedulerContract('live', async (document) => {
  const { pipeline, problems } = parseDocument(document);
  if (!pipeline) throw new Error(problems.map((problem) => problem.message).join('\n'));
  // As on the page: the record comes in pieces while it is written.
  return runLive(document, { onProgress: () => {} });
});
