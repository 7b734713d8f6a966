import type { Services } from '../../src/ui/services.ts';

/** From now on each run goes on until this is called; it ends the last that began. */
export function holdRuns(services: Pick<Services, 'live'>): () => void {
  const { live } = services;
  let end = (): void => {};
  services.live = {
    run(request) {
      const handle = live.run(request);
      const asked = new Promise<void>((resolve) => (end = resolve));
      return { ...handle, done: asked.then(() => handle.done) };
    },
  };
  return () => end();
}
