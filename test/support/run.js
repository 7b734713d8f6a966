import { loadTypeScript } from '../../src/cli/load-typescript.js';

// npm's scripts that are no part of the product: `node test/support/run.js verify`.
const scripts = {
  verify: 'test/support/verify.ts',
  bench: 'test/bench/main.ts',
  screenshot: 'test/support/screenshot.ts',
  soak: 'test/support/soak.ts',
};

const script = scripts[process.argv[2]];
if (script === undefined) {
  console.error(
    `There is no script "${process.argv[2]}"; there are ${Object.keys(scripts).join(', ')}.`,
  );
  process.exitCode = 2;
} else {
  await loadTypeScript(script);
}
