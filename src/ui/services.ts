import type {
  AccessTrace,
  CacheNamespace,
  CacheOrder,
  CacheRow,
  CacheState,
} from '../base/cache-facts.ts';
import type { LabRequest, LabResult } from '../explore/cache-lab.ts';
import type { TrialPool } from '../explore/trials.ts';
import type { Pipeline, PipelineDocument } from '../pipeline/types.ts';
import type { Calibration, InputFile, Overheads, RunError, Runner } from '../engine/runner.ts';
import type { ProjectCode } from '../share/export/take-away/code-files.ts';
import type { Claim, ClaimedSystem } from '../scenarios/claims/claim.ts';
import type { GalleryEntry } from '../scenarios/index.ts';
import type { Trace } from '../trace/types.ts';

/** What the page needs of the world. `main.ts` builds these and hands them in; the ui room builds none. */
export interface Services {
  /** The live machine. */
  live: Runner;
  predictor: Predictor;
  /**
   * SHA-256 of the schedule that is predicted on a machine that costs nothing beside the work, hex; on a thread of
   * its own. null: it cannot be predicted.
   * @param options as `Predictor.predict` takes them
   * @param signal nobody waits for it any longer: rejects, and the thread ends
   */
  scheduleDigest(
    pipeline: Pipeline,
    options: { cores: number; sourceItems?: number },
    signal?: AbortSignal,
  ): Promise<string | null>;
  /** Measures what this browser costs beside the work: a second or two in which nothing else should run. */
  calibrate: () => Promise<Calibration>;
  compiler: Compiler;
  cache: CacheAdmin;
  /** Comes when somebody looks at it. */
  cacheLab(): Promise<CacheLab>;
  /** Spare threads that simulate many settings; they come when somebody asks. */
  trials: () => Promise<TrialPool>;
  workspace: WorkspaceStore;
  /** Comes when the first version is to be kept or looked at. */
  versions: () => Promise<VersionStore>;
  /** Comes when somebody looks at targets and baselines. */
  baselines: () => Promise<BaselineStore>;
  /** Comes when results of other machines are added, or looked at. */
  results: () => Promise<ResultStore>;
  /** Comes with the claims ledger. */
  ledgers: () => Promise<LedgerStore>;
  /** What this browser remembers of how the page is used. */
  settings: Settings;
  /** The same, of this tab: it lives through a reload, not longer. */
  tabSettings: Settings;
  offline: OfflineFiles;
  corpora: CorpusInfo[];
  /** What is shown when there is no work to come back to. */
  firstDocument: () => Promise<PipelineDocument>;
  /** Predicts for small pictures, on a thread of its own; it comes when there are any. */
  sketcher: () => Promise<Sketcher>;
  /** Fetched when it is asked for: nobody needs the list to begin with. */
  gallery: () => Promise<readonly GalleryEntry[]>;
  /** What five projects have claimed, fetched when it is asked for. */
  claims: () => Promise<ClaimsList>;
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
  /** The machine it is of: whoever asked for it notes it down. */
  overheads?: Overheads;
}

export interface Sketcher {
  predict(
    pipeline: Pipeline,
    options: { cores: number; overheads: Overheads; sourceItems?: number },
  ): Promise<Prediction>;
  /** What is being worked out is never answered; the next call begins anew. */
  end(): void;
}

export interface ClaimsList {
  systems: readonly ClaimedSystem[];
  /** In the order of their ids. */
  claims: readonly Claim[];
}

export interface Compiler {
  /** Syntax errors of stage or module code, at once; empty: it compiles. */
  check(source: string): Promise<RunError[]>;
  /** What else it can do, for who takes a document away. */
  whole(): Promise<WholeCompiler>;
}
export interface WholeCompiler {
  compile(pipeline: Pipeline): Promise<{ code: ProjectCode } | { errors: RunError[] }>;
  /** TypeScript to JavaScript by leaving the types out. */
  strip(source: string): Promise<string>;
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
  /** For a page that is going away: done when it returns, found by the next `load`; false: there was no room. */
  saveAtOnce(workspace: SavedWorkspace): boolean;
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
  /** The link it was opened from, "#1.…"; absent: it came from elsewhere. */
  link?: string;
  /** ms since 1970. */
  savedAt: number;
  /** Only of what is handed out: another tab has it open, so this is a copy. */
  isCopy?: true;
}
export type EarlierWork = Pick<SavedWorkspace, 'id' | 'name' | 'savedAt'>;

/** What belongs to a piece of work, kept in this browser, newest first. All reject where storage is refused or full. */
export interface Shelf<Facts> {
  /** Newest first. */
  list(workId: string): Promise<Facts[]>;
  /** In the order of the ids; null: it is no longer there. */
  texts(workId: string, ids: readonly string[]): Promise<(string | null)[]>;
  /** @param same what becomes of the newest if it has this very text: then nothing else is kept. */
  keep(workId: string, facts: Facts, text: string, same: (newest: Facts) => Facts): Promise<void>;
  /** null: it goes. */
  change(workId: string, id: string, edit: (facts: Facts) => Facts | null): Promise<void>;
}
/** Earlier states of each piece of work: the texts are documents. */
export type VersionStore = Shelf<VersionFacts>;
/** What was measured of each piece of work, to compare with later: the texts are baselines' files. */
export type BaselineStore = Shelf<BaselineFacts>;
/** What others have measured of it: the texts are files of results. */
export type ResultStore = Shelf<ResultFacts>;
/** What came of claims, here and elsewhere: the texts are ledgers' files. */
export type LedgerStore = Shelf<LedgerFacts>;
export interface LedgerFacts extends ResultFacts {
  /** "earlier": measured here and set aside; absent: the ledger of this browser itself. */
  origin?: 'earlier' | 'added';
}
export type ResultFacts = Pick<BaselineFacts, 'id' | 'keptAt' | 'bytes' | 'isByHand'>;
export interface BaselineFacts {
  id: string;
  /** When it was measured, ms since 1970. */
  keptAt: number;
  bytes: number;
  isByHand: true;
  /** What the document was called. */
  title: string;
  runs: number;
  medianMs: number;
  /** Where it was measured; null: not known. */
  browser: string | null;
}
export interface VersionFacts {
  id: string;
  /** ms since 1970. */
  keptAt: number;
  /** What its text takes of the browser's room. */
  bytes: number;
  /** Such versions are the last to be let go. */
  isByHand: boolean;
  why: 'opened' | 'edited' | 'ran' | 'replaced' | 'byHand';
  /** What the document was called. */
  title: string;
  /** What the reader called this version. */
  name?: string;
  /** How often it was run. */
  runs: number;
  /** Absent: the text could not be read. */
  graph?: { id: string; after: string[] }[];
}

/** Text by name. Where storage is refused nothing is remembered, and nothing else changes. */
export interface Settings {
  get(name: string): string | null;
  /** null: it is forgotten. */
  set(name: string, value: string | null): void;
}

/** The page's own files in this browser, so that it opens without a connection. */
export interface OfflineFiles {
  /**
   * Begins to keep them, and tells of newer versions. true: they are, and the page is answered for by its
   * service worker; false: this browser, or whoever serves the page, does not allow it.
   */
  keep(news: {
    /** Another version is there as a whole: `take` puts it in this one's place for the next load. */
    onNewVersion(take: () => Promise<void>): void;
    /** Another tab took the newer version; this page goes on with the files of its own. */
    onReplaced(): void;
  }): Promise<boolean>;
  /** Nothing is fetched in the background until what this gives is called. */
  holdBusy(): Promise<() => void>;
  /** The browser's offer to install the page as an app. */
  install: {
    readonly isThere: boolean;
    /** Of a press of a key or button. true: it is being installed. */
    take(): Promise<boolean>;
  };
}

export interface CorpusInfo {
  name: string;
  title: string;
  files: number;
  bytes: number;
}

export type { GalleryEntry, InputFile };
