interface PackageMetadata {
  name: string;
  version: string;
  description: string;
  licence: string;
  /** What the package lets others import: ".", "./store" and so on. */
  entryPoints: string[];
  dependencies: string[];
  readme: string;
  /** The file the main entry point leads to; null if it is not shipped as text. */
  entry: { path: string; text: string } | null;
}

/** Reads one package's metadata, and refuses what is none. */
export default function read(file: StageFile, ctx: StageContext): PackageMetadata {
  if (!file.path.endsWith('.json') || file.text === undefined) return ctx.none;
  const metadata = JSON.parse(file.text) as Partial<PackageMetadata>;
  if (typeof metadata.name !== 'string') throw new Error(`${file.path} names no package`);
  return {
    name: metadata.name,
    version: metadata.version ?? '0.0.0',
    description: metadata.description ?? '',
    licence: metadata.licence ?? 'not stated',
    entryPoints: metadata.entryPoints ?? ['.'],
    dependencies: metadata.dependencies ?? [],
    readme: metadata.readme ?? '',
    entry: metadata.entry ?? null,
  };
}
