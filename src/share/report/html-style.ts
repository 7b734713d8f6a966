/** How a report looks: the page's colours, light or dark; on paper always light. */
export const reportStyle = `
:root { color-scheme: light dark; --ground: #fafaf8; --ink: #1a2023; --ink-2: #465057; --line: #d5d9d4; --soft: #e9ebe7;
  --accent: #0a6570; --good: #22663a; --bad: #a8261c; }
@media screen and (prefers-color-scheme: dark) { :root { --ground: #151b1e; --ink: #e3e9ea; --ink-2: #b3bec2; --line: #293237;
  --soft: #0b0f11; --accent: #5fc3cf; --good: #84cf9a; --bad: #ff9d90; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto,
  "Noto Sans", sans-serif; font-variant-numeric: tabular-nums; }
main { max-width: 1040px; margin: 0 auto; padding: 24px 20px 48px; }
h1 { margin: 0; font-size: 26px; line-height: 1.25; overflow-wrap: anywhere; }
h2 { margin: 36px 0 8px; padding-bottom: 4px; border-bottom: 1px solid var(--line); font-size: 19px; }
h3 { margin: 16px 0 4px; font-size: 16px; }
p, ul, ol { margin: 6px 0; overflow-wrap: anywhere; }
a { color: var(--accent); }
.made, figcaption, caption, dt { color: var(--ink-2); }
nav ul { display: flex; flex-wrap: wrap; gap: 2px 16px; padding: 0; list-style: none; }
.verdict { margin: 8px 0; padding: 8px 12px; border-left: 4px solid var(--line); background: var(--soft); font-weight: 600; }
.verdict.good { border-color: var(--good); }
.verdict.bad { border-color: var(--bad); }
dl { display: flex; flex-wrap: wrap; gap: 4px 24px; margin: 8px 0; }
dl div { display: flex; gap: 8px; }
dd { margin: 0; font-weight: 600; overflow-wrap: anywhere; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; margin: 8px 0; min-width: 60%; font-size: 14px; }
caption { padding-bottom: 4px; text-align: left; }
th, td { padding: 4px 16px 4px 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; font-weight: 400; }
thead th { color: var(--ink-2); }
tbody th { font-weight: 600; }
td.number, th.number { text-align: right; white-space: nowrap; }
figure { margin: 12px 0; }
.picture { overflow-x: auto; border: 1px solid var(--line); border-radius: 4px; padding: 8px; }
.picture img { display: block; max-width: 100%; height: auto; }
.picture img.dark { display: none; }
@media screen and (prefers-color-scheme: dark) { .picture img.light { display: none; } .picture img.dark { display: block; } }
figcaption { margin-top: 4px; font-size: 14px; }
pre { overflow: auto; max-height: 70vh; padding: 10px; background: var(--soft); font: 12px/1.45 ui-monospace, "SF Mono", Menlo,
  Consolas, "DejaVu Sans Mono", monospace; }
code { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: 0.92em; }
summary { cursor: pointer; color: var(--accent); }
.notes { border-left: 2px solid var(--line); padding-left: 14px; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
@media (max-width: 600px) { main { padding: 16px 14px 32px; } .picture img { max-width: none; width: 760px; } }
@media print {
  body { font-size: 11pt; background: #fff; }
  main { max-width: none; padding: 0; }
  nav, details { display: none; }
  section, figure, tr { break-inside: avoid; }
  h2 { break-after: avoid; }
  section:has(figure, table) { break-inside: auto; }
  .wide, .picture { overflow: visible; }
}
`;
