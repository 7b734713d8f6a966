// @ts-expect-error Its types are not where its exports point.
import { expose } from 'threads/worker';
import { work } from './work.ts';

(expose as (api: typeof work) => void)(work);
