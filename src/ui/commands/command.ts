import type { App } from '../state/app.svelte.ts';
import { runsAlready } from '../state/messages.svelte.ts';

/** The order in which the palette shows them. */
export const commandGroups = [
  'Run',
  'Document',
  'Edit',
  'Stages',
  'Schedule',
  'Go to',
  'Fields',
  'Open',
  'Help',
] as const;
export type CommandGroup = (typeof commandGroups)[number];

/** One thing the page can do, by name. */
export interface Command {
  /** Says the same thing for as long as the document has it: what was used last is remembered by it. */
  id: string;
  title: string;
  group: CommandGroup;
  /** What does the same at once, such as "Mod+Enter"; see `keyNames`. */
  keys?: string;
  /** Other words people look for it by. */
  words?: string;
  /** There are many of its kind (one a stage, one a field): it comes up only when it is looked for. */
  onlySearched?: boolean;
  /** Why it cannot be done now, in one sentence; null: it can. */
  whyOff?(app: App): string | null;
  run(app: App): void | Promise<void>;
}

/** Of what takes the machine to itself: why it cannot be done now; null: it can. */
export const whyBusy = ({ busy }: App): string | null => (busy ? runsAlready : null);
