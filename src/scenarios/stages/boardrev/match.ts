import { tasks } from 'board';
import { countTerms, TfIdfIndex, type TermCounts } from 'millrace:text';

interface IndexedFile {
  path: string;
  terms: TermCounts;
}

/** Finds the files each task of the board is about. Files come in any order, so they are sorted first. */
export default function match(files: IndexedFile[], ctx: StageContext) {
  const sorted = [...files].sort((a, b) => (a.path < b.path ? -1 : 1));
  const index = new TfIdfIndex(sorted.map(({ path, terms }) => ({ id: path, terms })));
  ctx.log(`${files.length} files, ${tasks.length} tasks`);
  return tasks.map((task) => ({
    task: task.slice(0, task.indexOf('\n')).replace(/^#+\s*/, ''),
    files: index.search(countTerms(task), 5),
  }));
}
