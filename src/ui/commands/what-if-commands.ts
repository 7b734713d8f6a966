import type { App } from '../state/app.svelte.ts';
import { whyBusy, type Command } from './command.ts';

const nothingAsked =
  'Nothing is known yet of the document as it stands: wait for its curves, or run it, then ask again.';

export const whatIfCommands: readonly Command[] = [
  {
    id: 'what-if:check',
    title: 'Check what if by delays',
    group: 'Run',
    words: 'verify virtual speedup Coz injected slow down others',
    whyOff: whyBusy,
    async run(app) {
      const [{ whatIfOf }, { verifyWhatIf }] = await Promise.all([
        import('../whatif/what-if-store.svelte.ts'),
        import('../whatif/verify-what-if.ts'),
      ]);
      app.view.show('whatif');
      const { asked, isCurrent, progress } = whatIfOf(app);
      if (asked && isCurrent && progress === null) await verifyWhatIf(app, asked);
      else tellNothing(app);
    },
  },
  {
    id: 'what-if:take',
    title: 'Take the one step that gains most',
    group: 'Edit',
    words: 'what if suggestion permits workers buffer batch faster',
    async run(app) {
      const { whatIfOf } = await import('../whatif/what-if-store.svelte.ts');
      const { takeStep } = await import('../whatif/take-step.ts');
      app.view.show('whatif');
      const { found, isCurrent } = whatIfOf(app);
      const step = found?.steps[0];
      if (step && isCurrent) takeStep(app, step);
      else tellNothing(app);
    },
  },
];

function tellNothing(app: App): void {
  app.tell('info', nothingAsked);
}
