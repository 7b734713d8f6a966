/** It waits, and what is left of a chunk behind its last line break goes before the next chunk. */
export default async (item: { lines: number }, ctx: StageContext) => {
  const text = Array.from({ length: item.lines }, (_, index) => `${index}: a line of text\n`).join(
    '',
  );
  let stored = 0;
  const store = async (_line: string): Promise<void> => {
    await ctx.wait(1);
    stored++;
  };
  const begun: Promise<void>[] = [];
  let rest = '';
  for (let at = 0; at < text.length; at += 100) {
    const lines = (rest + text.slice(at, at + 100)).split('\n');
    rest = lines.pop()!;
    for (const line of lines) if (/^\d+: a line of text$/.test(line)) begun.push(store(line));
  }
  await Promise.all(begun);
  return { lines: item.lines, stored };
};
