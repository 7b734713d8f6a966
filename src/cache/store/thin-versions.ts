/** What decides which versions go. Times in ms since 1970. */
export interface KeptFacts {
  id: string;
  keptAt: number;
  bytes: number;
  /** Kept by hand: those go last. */
  isByHand: boolean;
}

export interface VersionLimits {
  count: number;
  bytes: number;
}

/**
 * Of versions, newest first, those that stay within the limits. The newest stays whatever its size. Of those
 * kept by themselves goes the one whose neighbours lie closest together for its age, so that what is left
 * grows sparser the older it is; those kept by hand go after all others, oldest first.
 */
export function thinVersions<Facts extends KeptFacts>(
  versions: readonly Facts[],
  limits: VersionLimits,
): Facts[] {
  const kept = [...versions];
  let bytes = kept.reduce((sum, version) => sum + version.bytes, 0);
  while (kept.length > 1 && (kept.length > limits.count || bytes > limits.bytes)) {
    const [gone] = kept.splice(leastMissed(kept), 1);
    bytes -= gone!.bytes;
  }
  return kept;
}

/** A minute: versions of the last one are not thinned before older ones. */
const graceMs = 60_000;

function leastMissed(versions: readonly KeptFacts[]): number {
  const nowMs = versions[0]!.keptAt;
  let least = -1;
  let leastGap = Infinity;
  for (let at = 1; at < versions.length; at++) {
    const { isByHand, keptAt } = versions[at]!;
    if (isByHand) continue;
    // Nothing else tells how it all began.
    const older = versions[at + 1]?.keptAt ?? -Infinity;
    const gap = (versions[at - 1]!.keptAt - older) / (nowMs - keptAt + graceMs);
    if (gap > leastGap) continue;
    least = at;
    leastGap = gap;
  }
  return least < 0 ? versions.length - 1 : least;
}
