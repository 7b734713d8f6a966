interface Listed {
  index: number;
  page: number;
  value: number;
}

const severities = ['blocker', 'critical', 'major', 'minor'];

/** Asks the service for one issue: a call each, though they came in pages. The value says what kind of issue it is. */
export default async function fetchIssue({ index, page }: Listed, ctx: StageContext) {
  const { items } = await ctx.service.page(page);
  const issue = items.find((item) => item.index === index)!;
  const severity = severities[Math.floor(issue.value * severities.length) % severities.length]!;
  return { index, severity, minutes: 5 + (index % 8) * 5 };
}
