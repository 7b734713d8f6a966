import { defaultService } from '../pipeline/defaults.ts';
import type { Pipeline, ServiceSettings } from '../pipeline/types.ts';

/** The service that stage code pages through: the source's, if it has one. */
export const serviceOf = ({ source }: Pipeline): ServiceSettings =>
  source.kind === 'service' ? source.service : defaultService;
