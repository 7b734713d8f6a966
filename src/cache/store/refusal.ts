import { notKept } from '../../base/not-kept.ts';

/** One sentence for people: why results are not kept. */
export const refusal = (error: unknown): string => notKept('Results', reasonOf(error));

/** Why storage refused, as the end of a sentence, without its full stop. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  switch (error.name) {
    case 'QuotaExceededError':
      return 'the browser has no more room for them (the Cache tab can clear what is kept)';
    case 'SecurityError':
      return 'the browser refuses storage to this page';
    case 'VersionError':
      return 'a newer version of this page has changed the storage, so load it again';
    default:
      // Some failures of the platform say nothing but their name.
      return error.message.replace(/\.$/, '') || error.name;
  }
}
