/** Reads lines out of chunks of 100 letters, and stores each. */
export default async (item: { lines: number }, ctx: StageContext) => {
  const text = Array.from({ length: item.lines }, (_, index) => `${index}: a line of text\n`).join(
    '',
  );
  let stored = 0;
  const store = async (_line: string): Promise<void> => {
    await ctx.wait(1);
    stored++;
  };
  for (let at = 0; at < text.length; at += 100) {
    const lines = text.slice(at, at + 100).split('\n');
    for (const line of lines) if (/^\d+: a line of text$/.test(line)) void store(line);
  }
  return { lines: item.lines, stored };
};
