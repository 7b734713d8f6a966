import type { Stage } from '../../pipeline/types.ts';

/** What a stage that is switched to code begins with: the right signature for its inputs. */
export function starterCode({ join, batch }: Pick<Stage, 'join' | 'batch'>): string {
  if (join === 'fold')
    return 'export const init = () => ({ items: 0 });\n\nexport default (sum, item, ctx: StageContext) => {\n  sum.items += 1;\n  return sum;\n};\n';
  if (join === 'all')
    return 'export default (items, ctx: StageContext) => {\n  return { items: items.length };\n};\n';
  if (batch.size > 1)
    return 'export default (items, ctx: StageContext) => {\n  return items.map((item) => item);\n};\n';
  return 'export default (item, ctx: StageContext) => {\n  return item;\n};\n';
}

export const starterSource =
  'export default function* (ctx: StageContext) {\n  for (let index = 0; index < 100; index++) yield { index };\n}\n';
