import { loadTypeScript } from '../../src/cli/load-typescript.js';

await loadTypeScript('test/support/soak-worker.ts');
