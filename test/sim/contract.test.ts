import { schedulerContract } from './contract.ts';
import { simulateDocument } from './run.ts';

schedulerContract('simulated', async (document) => simulateDocument(document, 4));
