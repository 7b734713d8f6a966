/** What is worked out when a run has ended: it comes while the run goes on, and not with the page. */
export { cacheNotices } from '../../measure/cache-notices.ts';
export { predictionErrors } from './prediction-error.ts';
