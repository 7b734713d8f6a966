import type { Settings } from '../services.ts';

const name = 'recent-commands';
const keptMax = 5;

/** Ids of what was done through the palette, the latest first. */
export function recentCommands(settings: Settings): string[] {
  try {
    const kept: unknown = JSON.parse(settings.get(name) ?? '[]');
    return Array.isArray(kept) ? kept.filter((id) => typeof id === 'string').slice(0, keptMax) : [];
  } catch {
    // Somebody else wrote there: then nothing was used before.
    return [];
  }
}

export function rememberCommand(settings: Settings, id: string): void {
  const next = [id, ...recentCommands(settings).filter((other) => other !== id)];
  settings.set(name, JSON.stringify(next.slice(0, keptMax)));
}
