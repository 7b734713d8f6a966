import { commandGroups, type Command, type CommandGroup } from './command.ts';
import { areThere, folded, matchTokens, tokensOf } from './fuzzy.ts';

/** A command as the palette shows it. */
export interface FoundCommand {
  command: Command;
  /** Letters of its title that were typed. */
  at: readonly number[];
}
export interface FoundGroup {
  title: CommandGroup | 'Used last';
  found: FoundCommand[];
}

/** More are never looked through: who has not found it by then types another letter. */
const shownMax = 60;
/** What is this much worse than the best is not what was meant. */
const worthShowing = 0.45;
/** Of two that match alike, the one used before is meant; less than a better kind of match gives. */
const usedBefore = 6;
/** People type a name from its beginning. */
const fromTheStart = 3;

interface Candidate {
  command: Command;
  /** Its title, and the other words it goes by, folded. */
  title: string;
  words: string;
}

/** Finds commands by what is typed, letter by letter: a large document has ten thousand of them. */
export class CommandFinder {
  private readonly commands: readonly Command[];
  private all: readonly Candidate[] | null = null;
  /** Those that are left of the last query: one that goes on from it needs to look at no others. */
  private left: { query: string; candidates: readonly Candidate[] } | null = null;

  constructor(commands: readonly Command[]) {
    this.commands = commands;
  }

  /**
   * With nothing typed: what was used last, then everything of which there is not one a stage or a field.
   * Else what matches, the group with the best match first.
   * @param recent ids, the latest first.
   */
  find(query: string, recent: readonly string[]): FoundGroup[] {
    const tokens = tokensOf(query);
    if (tokens.length === 0) return withoutQuery(this.commands, recent);
    this.all ??= this.commands.map((command) => ({
      command,
      title: folded(command.title),
      words: folded(`${command.words ?? ''} ${command.group}`),
    }));
    const { left } = this;
    const among = left && query.startsWith(left.query) ? left.candidates : this.all;
    const candidates = among.filter(({ title, words }) => areThere(tokens, title, words));
    this.left = { query, candidates };
    return matching(candidates, tokens, recent);
  }
}

function withoutQuery(commands: readonly Command[], recent: readonly string[]): FoundGroup[] {
  const last = recent.flatMap((id) => commands.find((command) => command.id === id) ?? []);
  const others = commands.filter(({ id, onlySearched }) => !onlySearched && !recent.includes(id));
  const asFound = (command: Command): FoundCommand => ({ command, at: [] });
  const groups = commandGroups.map((title): FoundGroup => ({
    title,
    found: others.filter(({ group }) => group === title).map(asFound),
  }));
  return [{ title: 'Used last' as const, found: last.map(asFound) }, ...groups].filter(
    ({ found }) => found.length > 0,
  );
}

function matching(
  candidates: readonly Candidate[],
  tokens: readonly string[],
  recent: readonly string[],
): FoundGroup[] {
  // Scattered letters count less than any piece: with enough of those nobody would get to see them.
  const whole = scored(candidates, tokens, recent, true);
  const all = whole.length >= shownMax ? whole : scored(candidates, tokens, recent, false);
  all.sort((a, b) => b.score - a.score);
  const least = (all[0]?.score ?? 0) * worthShowing;
  const groups = new Map<CommandGroup, FoundCommand[]>();
  for (const { command, at, score } of all.slice(0, shownMax)) {
    if (score < least) break;
    const found = groups.get(command.group) ?? [];
    groups.set(command.group, [...found, { command, at }]);
  }
  return [...groups].map(([title, found]) => ({ title, found }));
}

function scored(
  candidates: readonly Candidate[],
  tokens: readonly string[],
  recent: readonly string[],
  isWhole: boolean,
) {
  return candidates.flatMap(({ command, title, words }) => {
    const match = matchTokens(tokens, title, words, isWhole);
    if (!match) return [];
    const bonus =
      (recent.includes(command.id) ? usedBefore : 0) + (match.at[0] === 0 ? fromTheStart : 0);
    // Of two titles that hold the word, the shorter is more about it.
    return [{ command, at: match.at, score: match.score + bonus - command.title.length / 50 }];
  });
}
