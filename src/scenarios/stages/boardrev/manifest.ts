interface HashedFile {
  path: string;
  sha256: string;
  text: string;
}

interface Manifest {
  bytes: number;
  pathsOf: Map<string, string[]>;
}

export function init(): Manifest {
  return { bytes: 0, pathsOf: new Map() };
}

/** Takes in one file at a time, in whatever order they arrive: nothing here depends on it. */
export default function add(manifest: Manifest, { path, sha256, text }: HashedFile): Manifest {
  manifest.bytes += text.length;
  const paths = manifest.pathsOf.get(sha256);
  if (paths) paths.push(path);
  else manifest.pathsOf.set(sha256, [path]);
  return manifest;
}

export function finish({ bytes, pathsOf }: Manifest) {
  const groups = [...pathsOf.values()].map((paths) => paths.sort());
  const identical = groups
    .filter((paths) => paths.length > 1)
    .sort((a, b) => (a[0]! < b[0]! ? -1 : 1));
  return { files: groups.flat().length, contents: groups.length, characters: bytes, identical };
}
