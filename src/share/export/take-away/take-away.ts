/**
 * A document as a small Node project that runs without Millrace: its stages as modules, its settings as one file, and
 * what runs them. Its results have the digest that the page shows.
 */
import { toDocument } from '../../../pipeline/to-document.ts';
import type { Pipeline } from '../../../pipeline/types.ts';
import { codeFiles, type ProjectCode } from './code-files.ts';
import { libraryFiles } from './library-files.ts';
import { mainFiles } from './main-files.ts';
import { packageFile } from './package-file.ts';
import { pipelineFile } from './pipeline-file.ts';
import { projectReadme } from './readme.ts';
import { sourceFiles } from './source-files.ts';

/** What runs the project: threads of one machine, or jobs in Redis that workers on any machine take. */
export const takeAwayKinds = ['piscina', 'bullmq'] as const;
export type TakeAwayKind = (typeof takeAwayKinds)[number];

export interface TakeAwayParts {
  /** The document's code, compiled. */
  code: ProjectCode;
  /** The files of the source's corpus; null: it is of another kind. */
  corpus: readonly { path: string; text: string }[] | null;
  /** TypeScript to JavaScript by leaving the types out. */
  strip: (source: string) => Promise<string> | string;
}

/** Path from the project's folder → text. */
export type ProjectFiles = Map<string, string>;

export async function takeAway(
  pipeline: Pipeline,
  kind: TakeAwayKind,
  { code, corpus, strip }: TakeAwayParts,
): Promise<ProjectFiles> {
  const { files: ofCode, sourceModule } = codeFiles(pipeline, code);
  return new Map([
    ['package.json', packageFile(pipeline, kind)],
    ['README.md', projectReadme(pipeline, kind)],
    ['pipeline.json', `${JSON.stringify(toDocument(pipeline), null, 2)}\n`],
    ['pipeline.js', pipelineFile(pipeline)],
    ...mainFiles(kind),
    ...sourceFiles(pipeline, corpus, sourceModule),
    ...ofCode,
    ...(await libraryFiles(kind, strip)),
  ]);
}
