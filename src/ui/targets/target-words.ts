/** What the terms of targets and baselines mean, for a student. */
export const targetTerms = {
  bullet:
    'The bar is what was measured (with several runs its whisker is the 95 % interval of the median), the diamond what is predicted. The solid line is the target, the dashed one the stretch target: what is hoped for.',
  inTurns:
    'In turns: the baseline’s own document and this one run one after the other, again and again, in an order that is shuffled. What drifts on this machine drifts for both, so small differences are seen.',
  recorded:
    'Recorded: this document runs now, and its times are set against those that were written down with the baseline. What changed on the machine since then is in the difference, too.',
} as const;
