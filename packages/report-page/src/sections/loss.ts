// Where accuracy is lost.
import { bars } from '../charts/bars.js';
import { markup } from '../markup.js';
import type { ReportPage } from '../page.js';
import { paragraphs, sectionOf, type Section } from '../section.js';
import { table } from '../table.js';
import { ratioWords } from '../text/decibels.js';
import { percent } from '../text/percent.js';

/** Of shares below nothing. */
const lessNoise = 'Grey: so much less noise, as it takes out some of another cause.';

export function lossSection({ loss }: ReportPage): Section | undefined {
  if (loss === undefined) return undefined;
  const { words, causes, layers } = loss;
  const shared = causes.flatMap(({ cause, share }) =>
    share === null ? [] : [{ label: cause, value: share, shown: percent(share) }],
  );
  return sectionOf(
    'loss',
    'Where the error comes from',
    paragraphs(words),
    shared.length === 0
      ? undefined
      : bars(
          {
            id: 'loss-chart',
            title: 'Shares of the noise by cause',
            description: shared.map(({ label, shown }) => `${label}: ${shown}`).join('; '),
            ...(shared.some(({ value }) => value < 0) ? { caption: lessNoise } : {}),
          },
          shared,
          1,
        ),
    causes.length === 0
      ? undefined
      : table({
          caption: 'Causes of the noise at the outputs',
          columns: [
            { title: 'Cause' },
            { title: 'Share of the noise', numeric: true },
            { title: 'Mostly in', wide: true },
            { title: 'Evidence', wide: true },
          ],
          rows: causes.map(({ cause, share, layers: where, evidence }) => [
            cause,
            share === null ? '' : { shown: percent(share), by: share },
            where,
            evidence,
          ]),
        }),
    layers.length === 0
      ? undefined
      : markup`<h3>Single layers</h3>
          ${table({
            caption: 'With one layer quantized and all others exact',
            columns: [
              { title: 'Layer' },
              { title: 'Share of the noise', numeric: true },
              { title: 'Signal to noise of the layer alone' },
              { title: 'Mostly by' },
            ],
            rows: layers.map(({ layer, share, ownSqnrDb, cause }) => [
              layer,
              { shown: percent(share), by: share },
              { shown: ratioWords(ownSqnrDb), by: ownSqnrDb ?? 1000 },
              cause,
            ]),
          })}`,
  );
}
