/** How much of a ledger is read at the most: far above any there is, far below what would hurt. */

/** Runs of the ledger in one file or link; each claim's newest outcome is of one of them. */
export const resultsMax = 200;
export const outcomesMax = 500;
export const trialsMax = 100;
export const curvePointsMax = 100;
/** Pairs, runs or sizes behind one interval. */
export const samplesMax = 1e6;
/** Any figure of a trial: ratios, levels, costs. */
export const figureMax = 1e15;
export const idLettersMax = 8;
export const textLettersMax = 500;
/** Of the JSON in a file or a link. */
export const ledgerBytesMax = 2 * 1024 * 1024;
/** Of a link's text. */
export const ledgerLinkLettersMax = 1024 * 1024;
/** Deep enough for a curve's interval in a list of results. */
export const nestingMax = 12;
