import type { TakeAwayKind } from '../../share/export/take-away/take-away.ts';
import type { App } from '../state/app.svelte.ts';
import { fileNameOf, saveBlob } from './save.ts';

/** Gives the document to the reader as a Node project, zipped; or says why it cannot be made. */
export async function saveTakeAway(app: App, kind: TakeAwayKind): Promise<void> {
  const { pipeline, document } = app.doc;
  if (!pipeline) {
    app.messages.show(
      'error',
      'It was not saved: the document has errors, which are listed first.',
    );
    return;
  }
  try {
    const [{ takeAway }, { zipped }, { loadCorpus }, compiler] = await Promise.all([
      import('../../share/export/take-away/take-away.ts'),
      import('../../share/export/take-away/zipped.ts'),
      import('../../scenarios/corpora.ts'),
      app.services.compiler.whole(),
    ]);
    const compiled = await compiler.compile(pipeline);
    if ('errors' in compiled) {
      const { message, stage } = compiled.errors[0]!;
      const place = stage === undefined ? '' : `stage ${stage}: `;
      app.messages.show(
        'error',
        `It was not saved, because the code has errors: ${place}${message}`,
      );
      return;
    }
    const { source } = pipeline;
    const corpus = source.kind === 'corpus' ? await loadCorpus(source.corpus) : null;
    const strip = (text: string): Promise<string> => compiler.strip(text);
    const files = await takeAway(pipeline, kind, { code: compiled.code, corpus, strip });
    const name = `${fileNameOf(document.name)}-${kind}`;
    saveBlob(`${name}.zip`, new Blob([zipped(name, files)], { type: 'application/zip' }));
    app.announcer.say('take-away', 'Saved the document as a Node project.');
  } catch {
    app.messages.show('error', 'It could not be saved: check the connection and try again.');
  }
}
