import { App } from '../../src/ui/state/app.svelte.ts';
import type { PipelineDocument } from '../../src/pipeline/types.ts';
import { lessonDesk } from '../../src/ui/lesson/lesson-desk.svelte.ts';
import { fakeServices } from './fake-services.ts';
import { taught } from './taught-lesson.ts';

/** A lesson on a page of which nothing is drawn. */
export function opened(document: PipelineDocument = taught, services = fakeServices()) {
  const app = new App(services);
  app.open(document);
  return { app, desk: lessonDesk(app), services };
}
/** The same work on a page that was loaded anew. */
export function reload({ doc }: App, services: ReturnType<typeof fakeServices>) {
  const app = new App(services);
  app.doc.restore(doc.text, undefined, doc.present.work);
  return { app, desk: lessonDesk(app) };
}
export const workersIn = ({ machine }: PipelineDocument) => machine?.workers;
