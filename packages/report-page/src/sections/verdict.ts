// What the run came to, in front of everything else; and why it was refused, where it was.
import { markup, type Markup } from '../markup.js';
import type { Figure, ReportPage } from '../page.js';
import { paragraphs, sectionOf, type Section } from '../section.js';

export function header({ title, verdict, figures }: ReportPage): Markup {
  return markup`<header>
    <h1>${title}</h1>
    <p class="badge ${verdict.state}">${verdict.label}</p>
    ${paragraphs(verdict.words)}${
      figures.length === 0 ? undefined : markup`<dl class="figures">${figures.map(figure)}</dl> `
    }
  </header> `;
}

function figure({ label, value, words }: Figure): Markup {
  return markup`<div>
    <dt>${label}</dt>
    <dd><strong>${value}</strong>${words === undefined ? undefined : markup`<span>${words}</span>`}</dd>
  </div> `;
}

export function refusalSection({ refusal }: ReportPage): Section | undefined {
  if (refusal === undefined) return undefined;
  const { code, what, where, next, remedies } = refusal;
  return sectionOf(
    'refusal',
    'Why nothing was written',
    markup`<p><code>${code}</code>: ${what}</p>
      ${where === undefined ? undefined : markup`<p>At ${where}.</p> `}
      <p><strong>Next:</strong> ${next}</p>
      ${
        remedies.length === 0
          ? undefined
          : markup`<h3>What would fit</h3>
              <ul>
                ${remedies.map((remedy) => markup`<li>${remedy}</li> `)}
              </ul> `
      }`,
  );
}
