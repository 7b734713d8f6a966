/** What a run says where storage keeps nothing of it: the next one begins anew, and its own figures are others. */
export const notKept = (what: 'Results' | 'Counters', why: string): string =>
  `${what} are not kept for the next run: ${why}.`;

/** The notice of a run that says so; undefined: there is none. */
export const saidNotKept = (notices: readonly string[]): string | undefined =>
  notices.find((notice) => /^(Results|Counters) are not kept for the next run: /.test(notice));
