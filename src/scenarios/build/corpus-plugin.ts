import type { Plugin } from 'vite';
import { gatherCorpora, type Corpus } from './gather.ts';

const manifestId = 'virtual:millrace/corpora';

/**
 * Ships the corpora: as assets of the build, or served from memory while developing and testing. The
 * page learns their names, sizes and addresses from `virtual:millrace/corpora`, and fetches what it needs.
 */
export function corpusPlugin(): Plugin {
  let root = process.cwd();
  let base = '/';
  let building = false;
  /** Gathered once, so that what is served is what was announced while somebody edits the sources. */
  let gathered: Corpus[] | undefined;
  return {
    name: 'millrace-corpus',
    configResolved(config) {
      root = config.root;
      base = config.base;
      building = config.command === 'build';
    },
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const wanted = /\/corpus-[a-z]+\.json$/
          .exec(request.url?.split('?')[0] ?? '')?.[0]
          .slice(1);
        const corpus =
          wanted && (gathered ??= gatherCorpora(root)).find((one) => fileName(one) === wanted);
        if (!corpus) return next();
        response.setHeader('Content-Type', 'application/json; charset=utf-8');
        response.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
        response.end(JSON.stringify(corpus.files));
      });
    },
    resolveId(id) {
      return id === manifestId ? `\0${manifestId}` : null;
    },
    load(id) {
      if (id !== `\0${manifestId}`) return null;
      gathered ??= gatherCorpora(root);
      const rows = gathered.map((corpus) => {
        const url = building
          ? `import.meta.ROLLUP_FILE_URL_${this.emitFile(assetOf(corpus))}`
          : JSON.stringify(base + fileName(corpus));
        return `{ ...${JSON.stringify(factsOf(corpus))}, url: ${url} }`;
      });
      return `export const corpora = [\n  ${rows.join(',\n  ')},\n];\n`;
    },
  };
}

function fileName(corpus: Corpus): string {
  return `corpus-${corpus.name}.json`;
}

function assetOf(corpus: Corpus): { type: 'asset'; name: string; source: string } {
  return { type: 'asset', name: fileName(corpus), source: JSON.stringify(corpus.files) };
}

function factsOf({ name, title, files, bytes }: Corpus) {
  return { name, title, files: files.length, bytes };
}
