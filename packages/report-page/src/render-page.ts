// The page from top to bottom: sections in the order in which people ask.
import { markup, type Content } from './markup.js';
import type { ReportPage } from './page.js';
import { script, scriptHash } from './script.js';
import { sectionMarkup, type Section } from './section.js';
import { style, styleHash } from './style.js';
import { accuracySection } from './sections/accuracy.js';
import { comparisonSection, provenanceSection, warningSection } from './sections/closing.js';
import { costSection, paritySection } from './sections/cost.js';
import { candidateSection, decisionSection } from './sections/decisions.js';
import { fitSection, sizeSection } from './sections/fit.js';
import { layerSection } from './sections/layers.js';
import { lossSection } from './sections/loss.js';
import { memorySection } from './sections/memory.js';
import { header, refusalSection } from './sections/verdict.js';

const sections: readonly ((page: ReportPage) => Section | undefined)[] = [
  refusalSection,
  comparisonSection,
  fitSection,
  memorySection,
  costSection,
  paritySection,
  accuracySection,
  lossSection,
  layerSection,
  decisionSection,
  candidateSection,
  sizeSection,
  warningSection,
  provenanceSection,
];

/** How a page of ours begins: what does not begin so was written by somebody else. */
export const pageMark = '<!doctype html>\n<!-- wherry report -->\n';

/** Nothing is loaded from anywhere, and no script runs but this one, whatever stands in names. */
const policy = `default-src 'none'; img-src data:; style-src '${styleHash}'; script-src '${scriptHash}'; base-uri 'none'; form-action 'none'`;

/** The same bytes for the same value. */
export function renderPage(page: ReportPage): string {
  const shown = sections.flatMap((section) => section(page) ?? []);
  const asItIs = (text: string): Content => ({ html: text });
  return markup`${asItIs(pageMark)}<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${page.title}: ${page.verdict.label}</title>
<style>${asItIs(style)}</style>
</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
${header(page)}
<nav aria-label="Sections"><ul>
${shown.map(({ id, title }) => markup`<li><a href="#${id}">${title}</a></li>\n`)}</ul></nav>
<main id="content">
${shown.map(sectionMarkup)}</main>
<footer><p>${page.tool}. This page needs no network; every figure of it is one of the run that it reports.</p></footer>
<script>${asItIs(script)}</script>
</body>
</html>
`.html;
}
