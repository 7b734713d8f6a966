import { stationCases } from './station-cases.ts';
import { judge } from './judge.ts';

judge(stationCases, 1);
