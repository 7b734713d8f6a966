import { networkCases } from './network-cases.ts';
import { judge } from './judge.ts';

judge(networkCases, 10_001);
