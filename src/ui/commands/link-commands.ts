import { goToRegionNamed } from '../page/regions.ts';
import type { App } from '../state/app.svelte.ts';
import type { Command } from './command.ts';

const whyNoLink = ({ doc }: App): string | null =>
  doc.present.work.link === undefined ? 'This document was not opened from a link.' : null;

/** Of a document that came by a link. */
export const linkCommands: readonly Command[] = [
  {
    id: 'about-link',
    title: 'About this link',
    group: 'Go to',
    words: 'claimed author note reproduced result card',
    whyOff: whyNoLink,
    async run(app) {
      const { linkDesk } = await import('../opening/link-desk.svelte.ts');
      linkDesk(app).fold(false);
      goToRegionNamed('link');
    },
  },
  {
    id: 'open-link-again',
    title: 'Open the link again',
    group: 'Document',
    words: 'original revert shared author',
    whyOff: whyNoLink,
    async run(app) {
      const { openLink } = await import('../opening/open-link.svelte.ts');
      await openLink(app, app.doc.present.work.link ?? '');
    },
  },
];
