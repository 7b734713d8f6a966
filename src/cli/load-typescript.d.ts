/** The clone's own folder. */
export declare const projectFolder: string;
/** Runs a TypeScript file of this project from its source. `path` counts from the project's folder. */
export declare function loadTypeScript(path: string): Promise<void>;
