/** The document's own modules: code that stages import by name. */
import { escapeSegment } from '../../base/json-pointer.ts';
import type { App } from '../state/app.svelte.ts';

/** An empty module under a free name; null: the document cannot be edited. */
export function addModule(app: App): string | null {
  const taken = app.doc.document.modules ?? {};
  let number = 1;
  while (Object.hasOwn(taken, `module-${number}`)) number++;
  const name = `module-${number}`;
  if (!app.mayEdit()) return null;
  app.set(`/modules/${name}`, 'export const answer = 42;\n');
  return name;
}

/** Imports in stage code keep the old name: the compiler then names it as the nearest known one. */
export function renameModule(app: App, from: string, to: string): void {
  const { modules = {} } = app.doc.document;
  if (to === '' || to === from) return;
  if (Object.hasOwn(modules, to)) {
    app.messages.show('error', `There is a module "${to}" already: choose another name.`);
    return;
  }
  const renamed = Object.entries(modules).map(([name, code]) => [name === from ? to : name, code]);
  app.set('/modules', Object.fromEntries(renamed));
  app.view.editCode({ kind: 'module', name: to });
}

export function removeModule(app: App, name: string): void {
  app.set(`/modules/${escapeSegment(name)}`, undefined);
  app.view.codeOf = null;
}
