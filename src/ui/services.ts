import type {
  AccessTrace,
  CacheNamespace,
  CacheOrder,
  CacheRow,
  CacheState,
} from '../base/cache-facts.ts';
import type { LabRequest, LabResult } from '../explore/cache-lab.ts';
import type { Pipeline, PipelineDocument } from '../pipeline/types.ts';
import type { InputFile, Overheads, RunError, Runner } from '../engine/runner.ts';
import type { GalleryEntry } from '../scenarios/index.ts';
import type { Trace } from '../trace/types.ts';

/** What the page needs of the world. `main.ts` builds these and hands them in; the ui room builds none. */
export interface Services {
  /** The live machine. */
  live: Runner;
  predictor: Predictor;
  compiler: Compiler;
  cache: CacheAdmin;
  /** Comes when somebody looks at it. */
  cacheLab(): Promise<CacheLab>;
  workspace: WorkspaceStore;
  corpora: CorpusInfo[];
  /** What is shown when there is no work to come back to. */
  firstDocument: () => Promise<PipelineDocument>;
  /** Fetched when it is asked for: nobody needs the list to begin with. */
  gallery: () => Promise<GalleryEntry[]>;
  environment: { cores: number; isolated: boolean; workers: boolean };
}

export interface Predictor {
  /** Simulates on a spare worker. A newer call supersedes older ones: those resolve with null. */
  predict(
    pipeline: Pipeline,
    options: {
      cores: number;
      overheads: Overheads;
      /** Items the source brings, where only a run can tell (a corpus, files, code). */
      sourceItems?: number;
    },
  ): Promise<Prediction | null>;
  /** Ends what is being worked out, however long it would still take; it resolves with null. */
  stop(): void;
}
export interface Prediction {
  trace: Trace;
  /** Why it could not be predicted (the trace is empty then); null: it was. */
  error: RunError | null;
  /** How long simulating took, ms. */
  tookMs: number;
}

export interface Compiler {
  /** Syntax errors of stage or module code, at once; empty: it compiles. */
  check(source: string): Promise<RunError[]>;
}

/** What results are kept, a namespace for each piece of work: see `cacheNamespace`. */
export interface CacheAdmin {
  /** Never fails: `why` says why there is no storage. */
  state(namespace: string): Promise<CacheState>;
  /** Entries [from, from + count) in that order, and how many there are in all. */
  rows(
    namespace: string,
    from: number,
    count: number,
    order: CacheOrder,
  ): Promise<{ rows: CacheRow[]; total: number }>;
  remove(namespace: string, keys: readonly string[]): Promise<void>;
  clear(namespace: string): Promise<void>;
  /** What its runs have asked for since the page was opened. */
  accesses(namespace: string): Promise<AccessTrace>;
  /** Everything that is kept, of whatever document. */
  namespaces(): Promise<CacheNamespace[]>;
  clearAll(): Promise<void>;
}

/** Replays a trace of look-ups under every policy and size, on a thread of its own. */
export interface CacheLab {
  /** A newer call ends the one before, which resolves with null. */
  run(request: LabRequest, onProgress: (share: number) => void): Promise<LabResult | null>;
  /** Ends what is being worked out; it resolves with null. */
  stop(): void;
}

/**
 * Work in progress, kept in this browser as you go: each document under an id of its own, so that neither
 * another document nor another tab takes its place. Those edited last are kept, the others are let go.
 */
export interface WorkspaceStore {
  /** What this tab had open, else the newest there is; null: nothing was saved. */
  load(): Promise<SavedWorkspace | null>;
  save(workspace: SavedWorkspace): Promise<void>;
  /** For a page that is going away: done when it returns, found by the next `load`. Too large: not kept. */
  saveAtOnce(workspace: SavedWorkspace): void;
  /** false: storage is refused; the page says that work is not kept. */
  available: () => Promise<boolean>;
  /** Documents that were edited, newest first. */
  earlier(): Promise<EarlierWork[]>;
  /** One of them, to be worked on here; null: it is no longer there. */
  reopen(id: string): Promise<SavedWorkspace | null>;
}
export interface SavedWorkspace {
  id: string;
  /** What the document is called. */
  name: string;
  /** The document as JSON text (it may be invalid: nothing the user typed is lost). */
  text: string;
  /** When `text` cannot be read: the last document that could. */
  lastGood?: string;
  /** false: it is as it was opened, so it can be opened again from where it came. */
  isEdited: boolean;
  /** The title of the gallery's entry it was opened from; absent: it came from elsewhere. */
  gallery?: string;
  /** ms since 1970. */
  savedAt: number;
}
export type EarlierWork = Pick<SavedWorkspace, 'id' | 'name' | 'savedAt'>;

export interface CorpusInfo {
  name: string;
  title: string;
  files: number;
  bytes: number;
}

export type { GalleryEntry, InputFile };
