import type { App } from '../state/app.svelte.ts';

/** Keeps what is open as a version; what does that comes when it is first asked for. */
export async function keepVersion(app: App): Promise<void> {
  try {
    await (await import('./keep-version.ts')).keepAndSay(app);
  } catch {
    app.messages.show(
      'error',
      'The version could not be kept: check the connection and try again, or save a file.',
    );
  }
}
