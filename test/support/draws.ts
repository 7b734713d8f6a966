import fc from 'fast-check';

/**
 * What random tests draw. `npm test` has the same cases every time, so the same sources always get the same
 * verdict; `npx vitest` by hand draws new ones, unless `MILLRACE_SEED` names a number. A test that fails prints
 * its seed.
 */
const seed = process.env['MILLRACE_SEED'];
if (seed !== undefined) fc.configureGlobal({ seed: Number(seed) });
