import type { RunEnvironment } from '../engine/runner.ts';

interface Brand {
  brand: string;
  version: string;
}

/** Browser name and major version. */
export function browserName(agent: Navigator = navigator): string {
  const brands = (agent as Navigator & { userAgentData?: { brands: Brand[] } }).userAgentData
    ?.brands;
  // Chromium puts a made-up brand among the real ones ("Not;A=Brand").
  const real = brands?.filter(({ brand }) => !/not.?a.?brand/i.test(brand)) ?? [];
  const best = real.find(({ brand }) => brand !== 'Chromium') ?? real[0];
  if (best) return `${best.brand} ${best.version}`;
  const text = agent.userAgent;
  const firefox = /Firefox\/(\d+)/.exec(text);
  if (firefox) return `Firefox ${firefox[1]}`;
  const safari = /Version\/([\d.]+).*Safari/.exec(text);
  if (safari) return `Safari ${safari[1]}`;
  const chrome = /Chrom(?:e|ium)\/(\d+)/.exec(text);
  return chrome ? `Chromium ${chrome[1]}` : 'unknown browser';
}

export const reportedCores = (): number => Math.max(1, navigator.hardwareConcurrency || 1);

/** Notes what a run ran in; `hidden` becomes true when the tab is hidden meanwhile. */
export class EnvironmentWatch {
  #wasHidden = document.visibilityState === 'hidden';
  readonly #watch = () => {
    if (document.visibilityState === 'hidden') this.#wasHidden = true;
  };

  constructor() {
    document.addEventListener('visibilitychange', this.#watch);
  }

  end(timerStepMs: number): RunEnvironment {
    document.removeEventListener('visibilitychange', this.#watch);
    return {
      browser: browserName(),
      cores: reportedCores(),
      isolated: globalThis.crossOriginIsolated === true,
      timerStepMs,
      hidden: this.#wasHidden,
    };
  }
}

/** Why nothing can run in this browser; null: it can. */
export function whyNoWorkers(): string | null {
  if (typeof Worker !== 'function') {
    return 'This browser has no Web Workers, so nothing can run or be predicted here: open the page in a current Chrome, Edge, Firefox or Safari.';
  }
  if (typeof MessageChannel !== 'function' || typeof Blob !== 'function') {
    return 'This browser is too old to run pipelines; open the page in a current Chrome, Edge, Firefox or Safari.';
  }
  return null;
}
