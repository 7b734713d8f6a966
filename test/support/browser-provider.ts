import { playwright } from '@vitest/browser-playwright';
import type { LaunchOptions } from 'playwright';
import { findBrowser } from '../../src/cli/browser.ts';

/**
 * Vitest's Playwright provider, with the browser looked for when the first page is opened: reading the
 * configuration must not fail on a machine that has none.
 */
export function lazyBrowserProvider(): ReturnType<typeof playwright> {
  const launchOptions: LaunchOptions = {};
  const option = playwright({ launchOptions });
  return {
    ...option,
    providerFactory(project) {
      const provider = option.providerFactory(project);
      const openPage = provider.openPage.bind(provider);
      provider.openPage = async (...args) => {
        Object.assign(launchOptions, await findBrowser());
        return openPage(...args);
      };
      return provider;
    },
  };
}
