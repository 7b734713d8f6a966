/** The clone's own folder. */
export declare const projectFolder: string;
/** Runs a TypeScript file of this project from its source. `path` counts from the project's folder. */
export declare function loadTypeScript(path: string): Promise<void>;
/** A file that Node can run in place of this TypeScript file of this project, e.g. in a thread. */
export declare function bundleOf(path: string, project?: string): Promise<string>;
