import { exportsOf } from 'millrace:typescript';

interface PackageEntry {
  entry: { path: string; text: string } | null;
}

/** The names the package's main entry point exports, found by parsing it. */
export default function listExports({ entry }: PackageEntry): string[] {
  return entry === null ? [] : exportsOf(entry.text, entry.path);
}
