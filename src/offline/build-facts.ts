/** What the build tells the service worker of itself; written before its script. */
export interface BuildFacts {
  /** Changes with any byte of any file. The page carries it too, in `<meta name="version">`. */
  version: string;
  files: readonly FileFact[];
}

/** One file of the built page, but for the page itself. */
export interface FileFact {
  /** From the page's folder: "assets/mount-BhkqBV0x.js". */
  path: string;
  /** As `fetch` takes it: "sha256-…". */
  integrity: string;
  /** Its name changes with its content, so that whatever was kept under it is still right. */
  isNamedByContent: boolean;
  /** false: it is large and not everybody's (the editor), so it is kept when it was first asked for. */
  isKeptAhead: boolean;
}

/** How the page says which version it is. */
export const versionMeta = (version: string): string =>
  `<meta name="version" content="${version}" />`;
