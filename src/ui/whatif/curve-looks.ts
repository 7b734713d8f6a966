import type { LineLook } from '../../charts/svg/lines-svg.ts';

/** Told apart at a glance in a legend, too: dashes, dots, a dash and a dot, long dashes, a dash and two dots. */
const dashes = ['9 5', '2 4', '12 3 2 3', '22 5', '9 3 2 3 2 3'];

/**
 * A look for each of the stages: colour tells the stage (its place in the document), the dash tells apart those
 * whose colours look alike to some, and the best stands out.
 */
export function curveLooks(
  stages: readonly string[],
  places: ReadonlyMap<string, number>,
  best: string | undefined,
): LineLook[] {
  const others = stages.filter((stage) => stage !== best);
  return stages.map((stage, at) => {
    const colour = places.get(stage) ?? at;
    if (stage === best) return { colour, widthPx: 3.2 };
    return { colour, widthPx: 1.8, dash: dashes[others.indexOf(stage) % dashes.length]! };
  });
}
