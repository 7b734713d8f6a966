import type { App } from '../state/app.svelte.ts';
import { Tour, tourDocument } from './tour.svelte.ts';

const settingName = 'tour';

/** Offers the tour to somebody who is here for the first time and has not begun to work. */
export async function offerTour(app: App): Promise<void> {
  if (app.services.settings.get(settingName) !== null || app.view.coach !== null) return;
  const tour = new Tour(app);
  if (!tour.isOver) await show(app, tour);
}

/** Begins it: opens its document; what was open stays one undo away. */
export async function startTour(app: App): Promise<void> {
  // It opens a document of its own, which would end the run.
  if (app.busy) {
    app.messages.show('info', 'Something runs already: stop it before you take the tour.');
    return;
  }
  const tour = app.view.coach?.tour ?? new Tour(app);
  try {
    const entries = await app.services.gallery();
    const entry = entries.find(({ id }) => id === tourDocument.entry)!;
    const document = await entry.load();
    const earlier = app.doc.title;
    app.open(document, entry.title);
    tour.begin(earlier);
    await show(app, tour);
    forgetOffer(app);
    // Once it is drawn, and the dialog it was started in has given the focus back.
    requestAnimationFrame(() =>
      window.document.querySelector<HTMLElement>('.coach .hands .primary')?.focus(),
    );
  } catch {
    app.messages.show(
      'error',
      'The tour could not be loaded: check the connection and start it again.',
    );
  }
}

/** It is not offered again; the palette starts it. */
export function endTour(app: App): void {
  app.view.coach = null;
  forgetOffer(app);
}

function forgetOffer(app: App): void {
  app.services.settings.set(settingName, 'seen');
}

async function show(app: App, tour: Tour): Promise<void> {
  const { default: Coach } = await import('./Coach.svelte');
  app.view.coach = { Coach, tour };
}
