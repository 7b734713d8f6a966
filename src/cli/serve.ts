import { join } from 'node:path';
import { preview } from 'vite';
import { isolationHeaders } from './isolation.ts';
import { projectFolder } from './load-typescript.js';

export interface BuiltServer {
  /** With a slash at its end. */
  url: string;
  close(): Promise<void>;
}

/** Serves `dist` on 127.0.0.1, at the first free port from `port` on, with the isolation headers. */
export async function serveBuilt(port: number): Promise<BuiltServer> {
  const server = await preview({
    root: projectFolder,
    configFile: false,
    logLevel: 'error',
    // A missing file is a 404, never the page in its place.
    appType: 'mpa',
    build: { outDir: join(projectFolder, 'dist') },
    preview: { host: '127.0.0.1', port, strictPort: false, headers: isolationHeaders },
  });
  const address = server.httpServer.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return { url: `http://127.0.0.1:${address.port}/`, close: () => server.close() };
}
