interface Issue {
  index: number;
  severity: string;
  minutes: number;
}

/** Puts the issues in the order in which they should be mended. They come in any order, so they are sorted first. */
export default function plan(issues: Issue[]) {
  const sorted = [...issues].sort((a, b) => a.index - b.index);
  const groups = ['blocker', 'critical', 'major', 'minor'].map((severity) => {
    const found = sorted.filter((issue) => issue.severity === severity);
    return {
      severity,
      issues: found.map(({ index }) => index),
      minutes: found.reduce((sum, { minutes }) => sum + minutes, 0),
    };
  });
  return { issues: sorted.length, groups: groups.filter(({ issues }) => issues.length > 0) };
}
