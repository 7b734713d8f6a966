import workerpool from 'workerpool';
import { work } from './work.ts';

workerpool.worker({ work });
