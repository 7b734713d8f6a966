import { defaultStage } from '../../pipeline/defaults.ts';
import type { StageDocument } from '../../pipeline/types.ts';

/** What a piece of stage code has to export, and what it is given and gives back, in a sentence. */
export interface Signature {
  code: string;
  says: string;
}

export const sourceSignature: Signature = {
  code: 'export default function* (ctx) { yield item }',
  says: 'Each value it yields is an item. It may be async.',
};

const foldSignature: Signature = {
  code: 'export default (accumulator, item, ctx) => accumulator',
  says: 'Called once an item; what it returns is the accumulator of the next call. init: what it begins with, a value or a function. finish(accumulator, ctx): what is made of it at the end.',
};
const allSignature: Signature = {
  code: 'export default (items, ctx) => result',
  says: 'Called once, when everything has arrived, with all items in their order.',
};
const batchSignature: Signature = {
  code: 'export default (items, ctx) => results',
  says: 'items is a batch. Return an array with one result an item; an Error in it fails that item alone, a throw fails them all.',
};
const plainSignature: Signature = {
  code: 'export default (item, ctx) => result',
  says: 'Called once an item; what it returns goes on to the next stages. It may be async.',
};

/** The signature that a stage's settings ask for: join first, then the batch, then its parents. */
export function stageSignature(stage: Pick<StageDocument, 'join' | 'batch' | 'after'>): Signature {
  const { after = [] } = stage;
  const join = stage.join ?? defaultStage.join;
  const size = stage.batch?.size ?? defaultStage.batch.size;
  if (join === 'fold') return foldSignature;
  if (join === 'all') return allSignature;
  if (size > 1) return batchSignature;
  if (join === 'zip' && after.length > 1) return zipSignature(after);
  return plainSignature;
}

function zipSignature(parents: readonly string[]): Signature {
  const isName = parents.every((id) => /^[A-Za-z_$][\w$]*$/.test(id));
  return {
    code: isName
      ? `export default ({ ${parents.join(', ')} }, ctx) => result`
      : 'export default (outputs, ctx) => result',
    says: `Called once an item with what each stage before made of it, by the stage’s id: ${parents.join(', ')}.`,
  };
}
