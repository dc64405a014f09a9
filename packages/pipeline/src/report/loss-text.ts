// The lines of a report that say where accuracy is lost.
import { counted, printable } from '@wherry/graph';
import type { Attribution, CauseShare, LayerLoss } from '../attribution/attribution.js';
import { short } from './numbers.js';
import { table } from './table.js';
import { reportWidth, wrapText } from './wrap-text.js';

const underText = ' '.repeat(13);
/** In a report: the first of each. */
const [fewCauses, fewLayers] = [3, 2];
const shownLayers = 3;

/** The first causes, and the command that says more; empty where nothing was looked into. */
export function shortLossLines(
  attribution: Attribution | null | undefined,
  heading: (text: string) => string,
): string[] {
  if (attribution === null || attribution === undefined || attribution.causes.length === 0) return [];
  const { causes, layers } = attribution;
  const shown = causes.slice(0, fewCauses).filter(({ share }, i) => i === 0 || share === null || share >= 0.01);
  const worst = layers.slice(0, fewLayers).map(({ layer, share }) => `${layer} (${shareText(share)})`);
  return [
    ...wrapText(
      `${heading('loss')}         ${shown.map((each) => `${each.cause} ${causeShare(each)}${inLayers(each.layers.slice(0, fewLayers))}`).join('; ')}`,
      reportWidth,
      underText,
    ),
    ...cancelLines(causes),
    ...evidenceLines(shown),
    ...(worst.length === 0 ? [] : wrapped(`of single layers the most by ${worst.join(' and ')}`)),
    `${underText}\`deploy explain-accuracy\` with the same options says more, and tries what would help`,
    '',
  ];
}

/** What a person adds up has to come to the whole. */
function cancelLines(causes: readonly CauseShare[]): string[] {
  const less = causes.filter(({ share }) => share !== null && share <= -0.01);
  if (less.length === 0) return [];
  const by = less.map(({ cause, share }) => `${cause} makes it less by ${shareText(-share!)}`).join(', ');
  return wrapped(`${by}: causes partly cancel, and none stands for itself`);
}

/** Everything. */
export function lossLines(attribution: Attribution, heading: (text: string) => string): string[] {
  const { samples, sqnrDb, causes, unexplained, layers, otherLayers, leftOut } = attribution;
  if (sqnrDb === null && causes.length === 0)
    return [
      `${heading('loss')}         none: the integers give what the float model gives on ${counted(samples, 'sample')}`,
    ];
  if (attribution.healthy) return healthyLines(attribution, heading);
  const noise = sqnrDb === null ? 'no noise' : `noise ${sqnrDb.toFixed(1)} dB below the signal`;
  return [
    `${heading('loss')}         ${noise} on ${counted(samples, 'sample')}; shares of it by cause`,
    ...table(
      ['cause', 'share', 'alone', 'less without', 'layers'],
      causes.map((each) => [
        each.cause,
        causeShare(each),
        shareText(each.alone),
        shareText(each.removed),
        printable(each.layers.slice(0, shownLayers).join(', ')),
      ]),
      new Set([1, 2, 3]),
    ).map((line) => `${underText}${line}`),
    ...evidenceLines(causes),
    ...sumLines(unexplained),
    ...roundingLines(attribution),
    ...layerLines(layers, otherLayers),
    ...leftOut.flatMap((what) => wrapped(`left out: ${what}`)),
  ];
}

/** Shares of noise that rounding alone makes say nothing: they add and cancel by chance. */
function healthyLines({ samples, sqnrDb, rounding }: Attribution, heading: (text: string) => string): string[] {
  return wrapText(
    `${heading('loss')}         nothing to explain: noise ${dB(sqnrDb)} below the signal on ${counted(samples, 'sample')}, where plain rounding to the same numbers makes it ${dB(rounding.sqnrDb)}; nothing is lost beyond chance`,
    reportWidth,
    underText,
  );
}

/** What is unavoidable of it. */
function roundingLines({ rounding: { sqnrDb, beyondDb } }: Attribution): string[] {
  if (sqnrDb === null || beyondDb === null) return [];
  const more = `${Math.abs(beyondDb).toFixed(1)} dB ${beyondDb < 0 ? 'less' : 'more'}`;
  return wrapped(`plain rounding to the same numbers alone makes it ${dB(sqnrDb)}; this is ${more} noise`);
}

function dB(value: number | null): string {
  return value === null ? 'none' : `${value.toFixed(1)} dB`;
}

/** Nothing where they add up, as far as is printed. */
function sumLines(unexplained: number): string[] {
  if (shareText(Math.abs(unexplained)) === shareText(0)) return [];
  return wrapped(
    unexplained < 0
      ? `they come to ${shareText(1 - unexplained)}: they partly cancel`
      : `${shareText(unexplained)} is more than their sum: they reinforce each other`,
  );
}

function layerLines(layers: readonly LayerLoss[], others: number): string[] {
  if (layers.length === 0) return [];
  const rows = layers.map(({ layer, share, ownSqnrDb, causes }) => [
    printable(layer),
    shareText(share),
    ownSqnrDb === null ? 'exact' : ownSqnrDb.toFixed(1),
    causes[0]?.cause ?? '',
  ]);
  return [
    '',
    ...table(['layer, quantized alone', 'share', 'own dB', 'mostly by'], rows, new Set([1, 2])).map(
      (line) => `${underText}${line}`,
    ),
    ...layers.flatMap(rangeLines),
    ...(others > 0 ? [`${underText}${counted(others, 'layer')} more, each less than these`] : []),
  ];
}

/** Where a range does most. */
function rangeLines({ layer, causes: [first], range }: LayerLoss): string[] {
  if (first?.cause !== 'activation range' || range === null) return [];
  const span = ({ low, high }: { readonly low: number; readonly high: number }): string =>
    `${short(low)} to ${short(high)}`;
  return wrapped(
    printable(`${layer}: the samples take ${span(range.taken)}, its integers cover ${span(range.covered)}`),
  );
}

function evidenceLines(causes: readonly CauseShare[]): string[] {
  return causes.flatMap(({ cause, evidence }) =>
    evidence === null ? [] : wrapped(printable(`${cause}: ${evidence}`)),
  );
}

function causeShare({ share }: CauseShare): string {
  return share === null ? 'beside' : shareText(share);
}

function shareText(share: number | null): string {
  return share === null ? '-' : `${(100 * share).toFixed(1)} %`;
}

function inLayers(layers: readonly string[]): string {
  return layers.length === 0 ? '' : ` (${printable(layers.join(', '))})`;
}

function wrapped(text: string): string[] {
  return wrapText(`${underText}${text}`, reportWidth, underText);
}
