/** What Apple's keyboards call the keys that others have words for. */
const appleNames: Readonly<Record<string, string>> = {
  Mod: '⌘',
  Shift: '⇧',
  Alt: '⌥',
  Enter: '↩',
  Delete: '⌫',
};
const names: Readonly<Record<string, string>> = {
  Mod: 'Ctrl',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Escape: 'Esc',
  PageUp: 'Page Up',
  PageDown: 'Page Down',
};

/** The keys of "Mod+Shift+Z" as they are written on the reader's keyboard. */
export function keyNames(combo: string, isApple: boolean): string[] {
  const keys = combo === '+' ? ['+'] : combo.split('+');
  return keys.map((key) => (isApple ? appleNames[key] : undefined) ?? names[key] ?? key);
}

/** Decides nothing but what keys are called: both kinds work on every system. */
export function isApplePlatform(): boolean {
  const { userAgentData, platform } = navigator as Navigator & {
    userAgentData?: { platform?: string };
  };
  return /^(mac|ip(hone|ad|od))/i.test(userAgentData?.platform ?? platform);
}
