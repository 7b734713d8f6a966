/** Both machines draw the same: see there. */
export { ItemDraws, makeService, type StageService } from '../engine/service.ts';
