/** Lets source files through, and says what each one is. */
export default function scan(file: StageFile, ctx: StageContext) {
  const extension = /\.([cm]?[jt]sx?|svelte)$/.exec(file.path)?.[1];
  const isDeclaration = /\.d\.[cm]?ts$/.test(file.path);
  if (extension === undefined || isDeclaration || file.text === undefined) return ctx.none;
  return {
    path: file.path,
    package: packageOf(file.path),
    kind: /(^|\/)(test|tests|__tests__)\/|\.(test|spec)\./.test(file.path) ? 'test' : 'source',
    text: file.text,
  };
}

/** The installed package a path lies in, or its first two folders. */
function packageOf(path: string): string {
  const installed = /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1];
  return installed ?? (path.split('/').slice(0, -1).slice(0, 2).join('/') || '.');
}
