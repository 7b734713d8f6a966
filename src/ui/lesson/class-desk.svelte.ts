import { fail, ok, type Result } from '../../base/result.ts';
import { same } from '../../base/same-json.ts';
import { formatCount } from '../../base/units.ts';
import { isPlainObject } from '../../pipeline/schema-parts.ts';
import { lessonDigest } from '../../pipeline/lesson-digest.ts';
import type { PipelineDocument } from '../../pipeline/types.ts';
import type { LessonAnswers, LinkContent } from '../../share/link/link-content.ts';
import { readLink } from '../../share/link/link-text.ts';
import { linkIn } from '../../share/link/link-in.ts';
import type { App } from '../state/app.svelte.ts';
import { isEarlier, withAnswers } from './class-rows.ts';
import { studentName } from './student-name.ts';

const settingName = 'classes';
/** Lessons whose answers are kept, and answers to each. */
const classesMax = 40;
export const studentsMax = 400;
/** Of a text with links in it: a mail for each student, and more would be no list of links. */
const wordsMax = 100 * studentsMax;

/** Answers to the lesson that is open, from links; kept in this browser. */
export class ClassDesk {
  answers: readonly LessonAnswers[] = $state.raw([]);
  /** false: this browser keeps no more of it, so it lives as long as the page. */
  isKept = $state(true);
  private readonly app: App;
  private readonly digest: string;

  /** @param base the lesson's document without the settings of any step */
  constructor(app: App, base: PipelineDocument) {
    this.app = app;
    this.digest = lessonDigest(base);
    this.refresh();
  }

  /** Another tab may have added some, or taken some out. */
  refresh(): void {
    if (this.isKept)
      this.answers = this.readAll().find(([digest]) => digest === this.digest)?.[1] ?? [];
  }

  /** What became of other answers of that name, in a sentence, or null; an error says why these were left out. */
  add({ document, answers }: LinkContent): Result<string | null> {
    if (!answers)
      return fail(
        'A link without answers was left out: whoever sends one shares it at the end of the lesson.',
      );
    this.refresh();
    const named = { ...answers, name: studentName(answers.name) };
    const { name } = named;
    if (lessonDigest(document) !== this.digest)
      return fail(
        `The answers of “${name}” are to another lesson, or to another version of this one, and were left out.`,
      );
    const known = this.answers.find((one) => one.name === name);
    if (known && same(known, named)) return fail(`The answers of “${name}” are there already.`);
    if (known && isEarlier(named, known))
      return fail(`There are later answers of “${name}”, so the earlier ones were left out.`);
    const all = withAnswers(this.answers, [named]);
    if (all.length > studentsMax)
      return fail(
        `There are ${formatCount(studentsMax)} answers already, the ceiling: those of “${name}” were left out.`,
      );
    this.keep(all);
    return ok(known ? `These took the place of earlier answers of “${name}”.` : null);
  }

  /**
   * Adds all links that a text holds, one after another.
   * @returns how many were added, what became of others by that, and a sentence for each that was not added
   */
  async addText(text: string): Promise<{ added: number; notes: string[]; refused: string[] }> {
    const words = text.split(/[\s,;<>"]+/).filter((word) => word !== '');
    const notes: string[] = [];
    const refused: string[] = [];
    let added = 0;
    for (const word of words.slice(0, wordsMax)) {
      const link = linkIn(word);
      // Names and greetings stand between them.
      if (link === null) continue;
      const read = await readLink(link);
      const found = read.ok ? this.add(read.value) : read;
      if (!found.ok) refused.push(found.error);
      else {
        added++;
        if (found.value !== null) notes.push(found.value);
      }
    }
    if (words.length > wordsMax)
      refused.push(
        `Only the first ${formatCount(wordsMax)} words of this text were looked at: add the rest by itself.`,
      );
    if (added === 0 && refused.length === 0) refused.push('There is no link in this text.');
    return { added, notes: [...new Set(notes)], refused: [...new Set(refused)] };
  }

  remove(name: string): void {
    this.refresh();
    this.keep(this.answers.filter((one) => one.name !== name));
  }

  private keep(answers: readonly LessonAnswers[]): void {
    this.answers = answers;
    const others = this.readAll().filter(([digest]) => digest !== this.digest);
    const all = answers.length > 0 ? [[this.digest, answers], ...others] : others;
    const text = all.length > 0 ? JSON.stringify(all.slice(0, classesMax)) : null;
    const { settings } = this.app.services;
    settings.set(settingName, text);
    // Storage that is refused or full says nothing.
    this.isKept = settings.get(settingName) === text;
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
