/** The cache's own terms, each explained for a student; they come with the panel, not with the page. */
export const cacheWords = {
  kept: 'Results of this document kept in this browser. Each is named by the stage’s code, its settings and the content of its input: change any of them and the old result is never found again.',
  size: 'What they take in storage, against the limit that the document sets (Machine, “Cache of the document”). When it is reached, the policy decides which result goes.',
  evicted:
    'Results that had to go to make room for others, since the page was opened. Many evictions and few hits: the cache is too small, or the policy does not suit the work.',
  expired: 'Results that outlived their time to live, since the page was opened.',
  bytesSaved:
    'Size of all results that were found instead of computed, since the page was opened; one that is found ten times counts ten times.',
  lookUp:
    'What one look-up took: the time during which any look-up was under way ÷ how many there were. Many are answered together.',
  compute: 'Mean time a worker takes to compute the result of one item.',
  saved:
    'Hits × computing − all look-ups × their cost: worker time that the cache saved. Below zero it cost more than it saved.',
  key: 'A digest of the stage’s code, its settings and the content of its input; only its first eight digits are shown.',
  bytes: 'Size of the result itself.',
  stored:
    'What it takes in storage, its name and the notes about it included; less than its size where it was compressed.',
  counter:
    'A number that stage code keeps for longer than a run (ctx.counter). Unwritten updates are lost if the tab dies now.',
  lost: 'Updates the run had been told were counted, and that storage did not have when it was read after the kill.',
} as const;
