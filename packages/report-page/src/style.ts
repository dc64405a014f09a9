// How the page looks: light and dark as the reader's system has it, on paper as well. Colours have 4.5 to 1 against what they are on.

export const style = `
:root {
  color-scheme: light dark;
  --ground: #ffffff; --card: #f6f7f9; --ink: #1b1f24; --soft: #4f5864; --line: #c9cfd6; --grid: #dfe3e8;
  --accent: #0b5cad; --good: #1a7037; --bad: #b3261e; --muted: #6b7480; --track: #e2e6eb; --band: #fbe3e1;
  --tone0: #2f6fb3; --tone1: #5b4aa8; --tone2: #1f7a76; --tone3: #8a5a12; --scratch: #8b929b; --mark: #fff2cc;
  --hit: 11 92 173; --miss: 179 38 30;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #14171b; --card: #1d2127; --ink: #e8ebef; --soft: #b3bac4; --line: #48505b; --grid: #333a43;
    --accent: #82b8f5; --good: #6fce8b; --bad: #ff9a91; --muted: #98a1ac; --track: #343b44; --band: #4a2624;
    --tone0: #5b9be0; --tone1: #9a8ae6; --tone2: #4fb3ae; --tone3: #d09a45; --scratch: #858d97; --mark: #453a17;
    --hit: 78 150 230; --miss: 235 110 100;
  }
}
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
body {
  margin: 0 auto; padding: 0 1rem 2rem; max-width: 64rem;
  background: var(--ground); color: var(--ink);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif;
  overflow-wrap: anywhere;
}
a { color: var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.skip { position: absolute; left: -100vw; }
.skip:focus { left: 1rem; top: .5rem; padding: .5rem; background: var(--ground); z-index: 1; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 1.5rem 0 .5rem; }
h2 { font-size: 1.25rem; margin: 0 0 .75rem; }
h3 { font-size: 1.05rem; margin: 1.25rem 0 .5rem; }
h4 { font-size: 1rem; margin: .75rem 0 .25rem; }
p { margin: .5rem 0; max-width: 46rem; }
ul { padding-left: 1.25rem; }
code { font: .9em ui-monospace, "Liberation Mono", Menlo, Consolas, monospace; }
.badge { display: inline-block; padding: .15rem .7rem; border: 2px solid; border-radius: 1rem; font-weight: 600; }
.badge.good { color: var(--good); }
.badge.bad { color: var(--bad); }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 12rem), 1fr)); gap: .75rem; margin: 1rem 0; }
.figures > div { background: var(--card); border-radius: .5rem; padding: .75rem; }
.figures dt { color: var(--soft); font-size: .875rem; }
.figures dd { margin: 0; }
.figures strong { display: block; font-size: 1.3rem; line-height: 1.3; }
.figures span { color: var(--soft); font-size: .875rem; }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1rem; padding: 0; margin: 0 0 1rem; list-style: none; }
nav a { display: inline-block; padding: .25rem 0; }
section { border-top: 1px solid var(--line); padding: 1.25rem 0 .5rem; }
footer { border-top: 1px solid var(--line); color: var(--soft); font-size: .875rem; }
figure { margin: .75rem 0; }
figcaption { color: var(--soft); font-size: .875rem; }
svg { display: block; overflow: hidden; }
svg text { fill: var(--ink); font-size: 13px; }
svg text.small { fill: var(--soft); font-size: 12px; }
svg text.strong { font-weight: 600; }
svg text.bad-text { fill: var(--bad); font-weight: 600; }
svg text.outlined { stroke: var(--ground); stroke-width: 5px; stroke-linejoin: round; paint-order: stroke; }
svg .end { text-anchor: end; }
svg .track { fill: var(--track); }
svg .plain { fill: var(--accent); }
svg .good { fill: var(--good); }
svg .bad { fill: var(--bad); }
svg .muted { fill: var(--muted); }
svg .grid { stroke: var(--grid); }
svg .axis { stroke: var(--muted); }
svg .limit { stroke: var(--ink); stroke-width: 1.5; stroke-dasharray: 5 3; }
svg .leader { stroke: var(--bad); stroke-dasharray: 2 3; }
svg .band { fill: var(--band); }
svg .covered { fill: var(--track); }
svg .block { stroke: var(--ground); stroke-width: 1; }
svg .tone0 { fill: var(--tone0); } svg .tone1 { fill: var(--tone1); }
svg .tone2 { fill: var(--tone2); } svg .tone3 { fill: var(--tone3); }
svg .scratch { fill: var(--scratch); fill-opacity: .55; stroke: var(--ink); stroke-dasharray: 3 2; }
svg .wave { fill: none; stroke: var(--accent); stroke-width: 1.5; vector-effect: non-scaling-stroke; }
.scroll { overflow-x: auto; max-width: 100%; margin: .75rem 0; }
table { border-collapse: collapse; font-size: .875rem; overflow-wrap: normal; }
caption { text-align: left; color: var(--soft); padding-bottom: .35rem; }
th, td { padding: .35rem .6rem; text-align: left; vertical-align: top; border-bottom: 1px solid var(--grid); max-width: 24rem; }
td { min-width: 3.5rem; white-space: nowrap; }
td.wide { min-width: 15rem; white-space: normal; }
tbody th { font-weight: 600; overflow-wrap: anywhere; min-width: 11rem; }
thead th { border-bottom: 2px solid var(--line); vertical-align: bottom; white-space: nowrap; }
.number { text-align: right; font-variant-numeric: tabular-nums; }
td code { overflow-wrap: anywhere; white-space: normal; }
tr.marked > * { background: var(--mark); }
th button { font: inherit; color: inherit; background: none; border: 0; padding: .1rem 0; cursor: pointer; text-align: inherit; }
th button::after { content: " \\2195"; color: var(--soft); }
th[aria-sort=ascending] button::after { content: " \\2191"; color: var(--ink); }
th[aria-sort=descending] button::after { content: " \\2193"; color: var(--ink); }
.matrix th, .matrix td { min-width: 2.5rem; text-align: center; white-space: nowrap; }
.matrix tbody th { text-align: right; }
${[...Array(9).keys()].map((shade) => `.right${shade} { background: rgb(var(--hit) / ${(shade * 0.06).toFixed(2)}); } .wrong${shade} { background: rgb(var(--miss) / ${(shade * 0.06).toFixed(2)}); }`).join('\n')}
.histograms { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 18rem), 1fr)); gap: .5rem 1.25rem; }
.histograms p { font-size: .875rem; color: var(--soft); margin: 0 0 .5rem; }
.samples { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 10rem), 1fr)); gap: .75rem; padding: 0; list-style: none; }
.samples li { background: var(--card); border-radius: .5rem; padding: .6rem; font-size: .875rem; }
.sample { display: block; width: 100%; height: auto; max-width: 12rem; image-rendering: pixelated; border: 1px solid var(--line); background: var(--ground); }
svg.sample { height: 5rem; }
.facts { display: grid; gap: .35rem; }
.facts > div { display: grid; grid-template-columns: minmax(7rem, 12rem) 1fr; gap: .75rem; }
.facts dt { color: var(--soft); }
.facts dd { margin: 0; }
.messages li { margin-bottom: .75rem; }
details { margin: .5rem 0; }
summary { cursor: pointer; padding: .25rem 0; }
@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } }
@media print { nav, .skip { display: none; } .scroll { overflow: visible; } section { break-inside: avoid-page; } }
`;

/** SHA-256 of the text, for the policy of the page. */
export const styleHash = 'sha256-sD2GFdKTKwQ0lciz9fJ5ieRIwD/zTFwVmTonNXqGD0o=';
