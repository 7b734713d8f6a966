/** poolifier-web-worker takes a worker for a browser's only if it has a `window`. Import this first. */
(globalThis as { window?: unknown }).window = globalThis;

export {};
