export type Theme = 'light' | 'dark';

/**
 * Stage colours, six hexadecimal digits each, ten a row. The first ten were searched for, so that any two
 * stay at least 19 apart in CIE Lab for normal sight, protanopes and deuteranopes alike (simulated after
 * Machado, Oliveira and Fernandes 2009; a just noticeable difference is about 2), each stands out from the
 * ground by 3:1, and a stage keeps its hue from theme to theme; ordered so that the first few are furthest
 * apart. Later rows take the hues again, 12 lighter, 12 darker and 20 lighter in CIE LCh, as far as 3:1
 * allows: label and lane carry the rest. Written down, because the graph needs them before any library of
 * colours is there; a test works them out again.
 */
const palettes: Record<Theme, string> = {
  light:
    '207dc2a08a047a0540009e8a023db8a2000267157a65984b814a3c724c79' +
    '4092d8a08a049c2f5c009e8a4159dac7341e87379a65984ba26758916998' +
    '005fa17f6c00590026007e6c0024977e000048005c46792e612e2254305b' +
    '4092d8a08a04b3456f009e8a5c6cf1e04c319d4caf65984bb87c6ba77eae',
  dark:
    '96c5fcf9d93dc93a7629f7d96674fbed583ba452b6b4ea97c78978b58bbc' +
    'b8e7fffffb61ed5d9561fffb8a93ffff7a58c671d8d6ffb8eaa997d6abdd' +
    '75a4dad5b80cbd2d6c00d4b8465cdec7351f9948ab93c877a56a5a956c9c' +
    'cffeffffff78ff74aa7effffa2a8ffff906cdd87eeedffceffbfacedc1f4',
};

/** How many stages have a colour of their own; the next begins anew. */
const distinct = 40;

/** The fill of the n-th stage, "#rrggbb"; 3:1 or more against lanes (WCAG 2.2, 1.4.11). */
export function stageColour(stage: number, theme: Theme): string {
  const at = (stage % distinct) * 6;
  return `#${palettes[theme].slice(at, at + 6)}`;
}
