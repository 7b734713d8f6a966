import { chartColours } from '../colours.ts';
import type { BulletScene } from '../layout/bullet.ts';
import type { Theme } from '../stage-colours.ts';
import { escapeXml, px } from './escape.ts';

const bulletHeightPx = 26;
const middle = bulletHeightPx / 2;

/**
 * A bullet chart as SVG text: the bar is what was measured with its interval as a whisker, the diamond what
 * was predicted, the tall line the target, the dashed one the stretch target. Shapes tell them apart, not
 * colour alone.
 */
export function bulletSvg(
  scene: BulletScene,
  { theme, label, isMissed }: { theme: Theme; label: string; isMissed: boolean },
): string {
  const colours = chartColours(theme);
  const { widthPx, barPx, intervalPx, predictedPx, targetPx, stretchPx, metPx } = scene;
  const parts = [
    `<rect x="0" y="3" width="${px(widthPx)}" height="20" fill="${colours.lane}"/>`,
    metPx === null
      ? ''
      : `<rect x="0" y="3" width="${px(metPx)}" height="20" fill="${colours.grid}"/>`,
  ];
  if (barPx !== null) {
    const colour = isMissed ? colours.failure : colours.hit;
    parts.push(`<rect x="0" y="9" width="${px(Math.max(1, barPx))}" height="8" fill="${colour}"/>`);
  }
  if (intervalPx) {
    const [from, to] = intervalPx;
    parts.push(
      `<path d="M${px(from)} ${middle}H${px(to)}M${px(from)} 10v6M${px(to)} 10v6" stroke="${colours.text}" fill="none"/>`,
    );
  }
  if (stretchPx !== null) parts.push(tick(stretchPx, colours.text, '2 2'));
  if (targetPx !== null) parts.push(tick(targetPx, colours.text, null));
  if (predictedPx !== null) {
    parts.push(
      `<path d="M${px(predictedPx)} ${middle - 5}l5 5l-5 5l-5 -5Z" fill="${colours.background}" stroke="${colours.focus}" stroke-width="1.6"/>`,
    );
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${px(widthPx)} ${bulletHeightPx}" width="${px(widthPx)}" height="${bulletHeightPx}" role="img" aria-label="${escapeXml(label)}">${parts.join('')}</svg>`;
}

function tick(x: number, colour: string, dash: string | null): string {
  const dashes = dash === null ? '' : ` stroke-dasharray="${dash}"`;
  return `<line x1="${px(x)}" x2="${px(x)}" y1="1" y2="25" stroke="${colour}" stroke-width="2"${dashes}/>`;
}
