/** What reads dropped files and folders: no part of the first screen. */
export const loadReading = () => import('./read-input.ts');
