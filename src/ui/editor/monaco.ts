/**
 * The editor, a chunk of its own (about 1 MB): import this only when an editor is opened.
 */
import * as monaco from 'monaco-editor/editor';
import 'monaco-editor/features/register.all';
import 'monaco-editor/languages/definitions/typescript/register';
import {
  ModuleKind,
  ScriptTarget,
  typescriptDefaults,
} from 'monaco-editor/languages/features/typescript/register';
import { jsonDefaults } from 'monaco-editor/languages/features/json/register';
import EditorWorker from 'monaco-editor/editor/editor.worker?worker';
import JsonWorker from 'monaco-editor/languages/features/json/json.worker?worker';
import TypeScriptWorker from 'monaco-editor/languages/features/typescript/ts.worker?worker';
import { documentJsonSchema } from '../../pipeline/json-schema.ts';
import stageCodeTypes from '../../scenarios/modules/stage-code.d.ts?raw';

self.MonacoEnvironment = {
  getWorker(_id, label) {
    if (label === 'json') return new JsonWorker();
    if (label === 'typescript' || label === 'javascript') return new TypeScriptWorker();
    return new EditorWorker();
  },
};

export const documentUri = monaco.Uri.parse('millrace://document/pipeline.millrace.json');

jsonDefaults.setDiagnosticsOptions({
  validate: true,
  enableSchemaRequest: false,
  schemas: [
    {
      uri: 'millrace://schema/millrace-1.json',
      fileMatch: [documentUri.toString()],
      schema: documentJsonSchema(),
    },
  ],
});
typescriptDefaults.setCompilerOptions({
  target: ScriptTarget.ESNext,
  module: ModuleKind.ESNext,
  lib: ['esnext', 'webworker'],
  strict: true,
  // Plain JavaScript is welcome: parameters need no types.
  noImplicitAny: false,
  allowNonTsExtensions: true,
});
typescriptDefaults.addExtraLib(stageCodeTypes, 'file:///millrace/stage-code.d.ts');
// The document's own modules are not typed yet; without this every import of one would be an error.
typescriptDefaults.addExtraLib("declare module '*';", 'file:///millrace/any-module.d.ts');

/** The page's own ground, so that an editor is part of it and not a window in it. */
for (const [name, base, ground, numbers] of [
  // The light theme's own green of numbers is 4.3:1 on this ground.
  ['millrace-light', 'vs', '#fafaf8', '#076b46'],
  ['millrace-dark', 'vs-dark', '#151b1e', '#b5cea8'],
] as const)
  monaco.editor.defineTheme(name, {
    base,
    inherit: true,
    rules: [{ token: 'number', foreground: numbers.slice(1) }],
    colors: { 'editor.background': ground, 'editorGutter.background': ground },
  });

export { monaco };
