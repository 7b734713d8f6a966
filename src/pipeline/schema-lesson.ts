/** The shape of a lesson: steps with a question each, and how a guess is graded by a run. */
import { ceilings } from './ceilings.ts';
import {
  amount,
  described as d,
  list,
  oneOf,
  record,
  shortText,
  text,
  type Schema,
} from './schema-parts.ts';

const number = amount({ min: 0, max: Number.MAX_SAFE_INTEGER });
const place = shortText(2 * ceilings.nameLetters);

const grade = record(
  {
    quantity: d('The number of the run that decides, such as "makespan".', place),
    'against?': d(
      'Divided by the same of the step with this title.',
      shortText(ceilings.nameLetters),
    ),
    'limits?': d(
      'What divides the answers, in their order.',
      list(number, ceilings.answers, 'limits', 1),
    ),
    'within?': d('How far off a guessed number may be, as a share.', amount({ above: 0, max: 1 })),
    'machine?': d('"simulated": predicted, never run live.', oneOf(['simulated'])),
  },
  { quantity: 'such as "makespan"' },
);

/** @param settings the schema of pointers with values */
export const lessonSchema = (settings: Schema): Schema =>
  list(
    record(
      {
        title: d('Heading.', shortText(ceilings.nameLetters)),
        text: d('Markdown.', text()),
        'set?': d('JSON Pointer → value, for this step.', settings),
        'ask?': d('A question to guess at first.', text()),
        'answers?': d('Answers to choose from.', list(text(), ceilings.answers, 'answers')),
        'grade?': d('How the run of this step grades the guess.', grade),
        'why?': d('Markdown: the reason, shown after the run.', text()),
        'show?': d('The chart to show.', text()),
      },
      { title: 'a heading', text: 'Markdown' },
    ),
    ceilings.lessonSteps,
    'steps',
  );
