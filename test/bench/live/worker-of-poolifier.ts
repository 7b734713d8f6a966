import './window-in-worker.ts';
import { ThreadWorker } from 'poolifier-web-worker';
import { work } from './work.ts';

export default new ThreadWorker<{ turns: number; index: number }, number>((data) =>
  work(data!.turns, data!.index),
);
