// How far the outputs are from those of the float model, and which samples are decided otherwise.
import { counted } from '@wherry/graph';
import { picture } from '../charts/picture.js';
import { waveform } from '../charts/waveform.js';
import { markup, type Content, type Markup } from '../markup.js';
import type { Flip, Flips, OutputAccuracy, ReportPage } from '../page.js';
import { paragraphs, sectionOf, type Section } from '../section.js';
import { ratioWords } from '../text/decibels.js';
import { matrix } from './matrix.js';

export function accuracySection({ accuracy }: ReportPage): Section | undefined {
  if (accuracy === undefined) return undefined;
  const several = accuracy.outputs.length > 1;
  return sectionOf(
    'accuracy',
    'Accuracy',
    paragraphs(accuracy.words),
    accuracy.outputs.map((output) => outputMarkup(output, several)),
  );
}

function outputMarkup({ name, sqnrDb, words, decisions, flips }: OutputAccuracy, several: boolean): Markup {
  return markup`<h3>${several ? `Output ${name}` : name}</h3>
    ${sqnrDb === undefined ? undefined : markup`<p><strong>Signal to noise ${ratioWords(sqnrDb)}.</strong></p> `}${
      words.length === 0
        ? undefined
        : markup`<ul>
            ${words.map((line) => markup`<li>${line}</li> `)}
          </ul> `
    }${decisions === undefined ? undefined : matrix(decisions)}${flips === undefined ? undefined : flipsMarkup(flips)}`;
}

function flipsMarkup({ total, samples }: Flips): Content {
  if (total === 0) return markup`<p>No sample is decided otherwise than by the float model.</p> `;
  const shown = samples.length < total ? `, of which these are ${samples.length}` : '';
  return markup`<h4>Samples that flipped</h4>
    <p>
      ${counted(total, 'sample')} ${total === 1 ? 'is' : 'are'} decided otherwise than by the float model${shown}. They
      are shown as the model sees them, and called by the number of their record in the data, from 0, or by their file.
    </p>
    <ul class="samples">
      ${samples.map(flipMarkup)}
    </ul> `;
}

function flipMarkup({ id, number, label, float, quantized, input }: Flip): Markup {
  return markup`<li>
    ${input === undefined ? undefined : input.kind === 'picture' ? picture(input) : waveform(input)}
    <p>
      ${id === undefined ? undefined : markup`<strong>Sample ${id}</strong><br />`}no. ${number} of those taken${label === undefined ? undefined : markup`<br />label: ${label}`}<br />float:
      ${float}<br />now: ${quantized}
    </p>
  </li> `;
}
