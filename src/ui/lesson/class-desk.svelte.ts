import { formatCount } from '../../base/units.ts';
import { isPlainObject } from '../../pipeline/schema-parts.ts';
import { lessonDigest } from '../../pipeline/lesson-digest.ts';
import type { PipelineDocument } from '../../pipeline/types.ts';
import type { LessonAnswers, LinkContent } from '../../share/link/link-content.ts';
import { readLink } from '../../share/link/link-text.ts';
import { linkIn } from '../../share/link/link-in.ts';
import type { App } from '../state/app.svelte.ts';
import { withAnswers } from './class-rows.ts';

const settingName = 'classes';
/** Lessons whose answers are kept, and answers to each. */
const classesMax = 40;
export const studentsMax = 400;

/** Answers to the lesson that is open, from links; kept in this browser. */
export class ClassDesk {
  answers: readonly LessonAnswers[] = $state.raw([]);
  private readonly app: App;
  private readonly digest: string;

  /** @param base the lesson's document without the settings of any step */
  constructor(app: App, base: PipelineDocument) {
    this.app = app;
    this.digest = lessonDigest(base);
    this.answers = this.readAll().find(([digest]) => digest === this.digest)?.[1] ?? [];
  }

  /** Why these answers are not of this lesson, or no answers at all; null: they were added. */
  add({ document, answers }: LinkContent): string | null {
    if (!answers)
      return 'A link without answers was left out: whoever sends one shares it at the end of the lesson.';
    if (lessonDigest(document) !== this.digest)
      return `The answers of ${answers.name || 'somebody'} are to another lesson, or to another version of this one, and were left out.`;
    const all = withAnswers(this.answers, [answers]);
    if (all.length > studentsMax)
      return `There are ${formatCount(studentsMax)} answers already, the ceiling: those of ${answers.name} were left out.`;
    this.keep(all);
    return null;
  }

  /**
   * Adds all links that a text holds, one after another.
   * @returns how many were added, and a sentence for each that was not
   */
  async addText(text: string): Promise<{ added: number; refused: string[] }> {
    const words = text.split(/\s+/).filter((word) => word !== '');
    const refused: string[] = [];
    let added = 0;
    for (const word of words.slice(0, studentsMax)) {
      const link = linkIn(word);
      // Names and greetings stand between them.
      if (link === null) continue;
      const read = await readLink(link);
      const why = read.ok ? this.add(read.value) : read.error;
      if (why === null) added++;
      else refused.push(why);
    }
    if (added === 0 && refused.length === 0) refused.push('There is no link in this text.');
    return { added, refused: [...new Set(refused)] };
  }

  remove(name: string): void {
    this.keep(this.answers.filter((one) => one.name !== name));
  }

  private keep(answers: readonly LessonAnswers[]): void {
    this.answers = answers;
    const others = this.readAll().filter(([digest]) => digest !== this.digest);
    const all = answers.length > 0 ? [[this.digest, answers], ...others] : others;
    const text = all.length > 0 ? JSON.stringify(all.slice(0, classesMax)) : null;
    this.app.services.settings.set(settingName, text);
  }

  private readAll(): [string, LessonAnswers[]][] {
    try {
      const kept: unknown = JSON.parse(this.app.services.settings.get(settingName) ?? '[]');
      return (kept as unknown[]).filter(isClass);
    } catch {
      return [];
    }
  }
}

/** Written by this page alone, by whichever version of it. */
const isClass = (entry: unknown): entry is [string, LessonAnswers[]] =>
  Array.isArray(entry) &&
  typeof entry[0] === 'string' &&
  Array.isArray(entry[1]) &&
  entry[1].every((one) => isPlainObject(one) && Array.isArray(one['steps']));
