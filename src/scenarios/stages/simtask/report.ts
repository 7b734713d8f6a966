interface Member {
  place: string;
  name: string;
  package: string;
  endLine: number;
  tokens: number;
}

interface Clusters {
  files: number;
  functions: number;
  compared: number;
  threshold: number;
  groups: { similarity: number; members: Member[] }[];
}

/** Puts first what is most worth merging: the tokens that would go if only one copy stayed. */
export default function report({ files, functions, compared, threshold, groups }: Clusters) {
  const duplicates = groups
    .map(({ similarity, members }) => ({ similarity, spare: spareTokens(members), members }))
    .sort((a, b) => b.spare - a.spare || compare(a.members[0]!.place, b.members[0]!.place));
  return { files, functions, compared, threshold, duplicates, text: asMarkdown(duplicates) };
}

function spareTokens(members: readonly Member[]): number {
  const tokens = members.map((member) => member.tokens);
  return tokens.reduce((sum, count) => sum + count, 0) - Math.max(...tokens);
}

function asMarkdown(
  duplicates: { similarity: number; spare: number; members: Member[] }[],
): string {
  const lines = duplicates.map(({ similarity, spare, members }) => {
    const places = members.map((member) => `\`${member.name}\` ${member.place}`).join(', ');
    return `- ${members.length} alike (${similarity}), ${spare} tokens to spare: ${places}`;
  });
  return ['# Functions that are alike', '', ...lines, ''].join('\n');
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
