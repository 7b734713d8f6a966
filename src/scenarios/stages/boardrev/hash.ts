import { sha256 } from 'millrace:hash';

/** Names each text file by its content. */
export default async function hash(file: StageFile, ctx: StageContext) {
  if (file.text === undefined) return ctx.none;
  return { path: file.path, sha256: await sha256(file.text), text: file.text };
}
