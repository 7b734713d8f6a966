import { SvelteMap } from 'svelte/reactivity';
import { layoutMiniSchedule, type MiniSchedule } from '../../charts/layout/mini-schedule.ts';
import { unmodelled } from '../../pipeline/needs-model.ts';
import { parseDocument } from '../../pipeline/parse.ts';
import type { GalleryEntry, Sketcher } from '../services.ts';
import type { App } from '../state/app.svelte.ts';

/** Of each picture, in CSS pixels; it is drawn as wide as its card. */
export const sketchPx = { widthPx: 250, heightPx: 68 };

/**
 * The predicted schedules of the gallery's documents as small pictures, worked out one after the other as their cards come
 * into view, and not while anything is measured. null: it cannot be predicted.
 */
export class Sketches {
  readonly known = new SvelteMap<string, MiniSchedule | null>();
  private readonly app: App;
  /** Those in view, the one that came last first. */
  private wanted: GalleryEntry[] = [];
  private isWorking = false;
  private sketcher: Sketcher | null = null;

  constructor(app: App) {
    this.app = app;
  }

  want(entry: GalleryEntry): void {
    if (this.known.has(entry.id)) return;
    this.wanted = [entry, ...this.wanted.filter(({ id }) => id !== entry.id)];
    if (!this.isWorking) void this.work();
  }

  /** Nobody looks any longer. */
  rest(): void {
    this.wanted = [];
    this.sketcher?.end();
    this.sketcher = null;
    this.isWorking = false;
  }

  private async work(): Promise<void> {
    this.isWorking = true;
    try {
      this.sketcher ??= await this.app.services.sketcher();
      for (let entry = this.wanted.shift(); entry; entry = this.wanted.shift()) {
        if (this.app.busy) break;
        this.known.set(entry.id, await this.sketch(entry, this.sketcher));
      }
    } catch {
      // The picture of the graph stays.
    }
    this.isWorking = false;
  }

  private async sketch({ load }: GalleryEntry, sketcher: Sketcher): Promise<MiniSchedule | null> {
    const { app } = this;
    const { pipeline } = parseDocument(await load());
    if (pipeline === null || unmodelled(pipeline).length > 0) return null;
    const sourceItems = app.sourceItems(pipeline);
    const { trace, error } = await sketcher.predict(pipeline, {
      cores: pipeline.machine.cores ?? app.services.environment.cores,
      overheads: app.prediction.overheads,
      ...(sourceItems !== null && { sourceItems }),
    });
    return error || trace.tasks.count === 0 ? null : layoutMiniSchedule(trace, sketchPx);
  }
}

const known = new WeakMap<App, Sketches>();

/** One for a page: what was drawn once is there at once. */
export function sketches(app: App): Sketches {
  let own = known.get(app);
  if (!own) known.set(app, (own = new Sketches(app)));
  return own;
}
