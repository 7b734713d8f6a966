/** The dialogs, each fetched when it is first opened. */
export const loadDialog = {
  palette: () => import('./Palette.svelte'),
  shortcuts: () => import('../help/Shortcuts.svelte'),
  glossary: () => import('../help/Glossary.svelte'),
  import: () => import('../import/ImportDialog.svelte'),
  versions: () => import('../versions/Versions.svelte'),
  share: () => import('../share/Share.svelte'),
  gallery: () => import('../gallery/Gallery.svelte'),
  ledger: () => import('../ledger/Ledger.svelte'),
};
export type DialogName = keyof typeof loadDialog;
