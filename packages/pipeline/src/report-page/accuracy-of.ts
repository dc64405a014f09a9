// How the outputs compare with those of the float model, in the words of the terminal's report.
import type { Accuracy, OutputAccuracy } from '@wherry/report-page';
import { readingLines, samplesText } from '../report/accuracy-text.js';
import { alikeLines, figureLines } from '../report/figures-text.js';
import { short } from '../report/numbers.js';
import { ownFigures } from '../report/own-figures-text.js';
import { areSameSamples } from '../inputs/datasets.js';
import type { KnownReport } from '../report/report.js';
import { decisionsOf } from './flips-of.js';
import type { Shown } from './shown.js';

/** Undefined where none was measured. */
export function accuracyOf(report: KnownReport, shown: Shown): Accuracy | undefined {
  const { evaluation, accuracy = [], ownAccuracy } = report;
  if (!evaluation) return undefined;
  if (ownAccuracy)
    return {
      words: [
        `By the labels of ${samplesText(evaluation.samples, 'evaluation', ownAccuracy, ' alone: there is no float model to compare with')}.`,
      ],
      outputs: ownAccuracy.map((own) => ({
        name: own.name,
        words: [ownFigures(own), ...readingLines(own), ...alikeLines(own.top1 ?? own.threshold)],
      })),
    };
  if (accuracy.length === 0) return undefined;
  const own = report.calibration ? areSameSamples(evaluation, report.calibration) : false;
  return {
    words: [
      `Against the float model, on ${samplesText(evaluation.samples, own ? 'calibration' : 'evaluation', accuracy)}.`,
      ...(own ? ['They are the samples that ranges were chosen from: others may do worse.'] : []),
      ...(report.computesInHalf
        ? ['Values between layers were rounded to float16, as on the device; its sums may be coarser than those here.']
        : []),
    ],
    outputs: accuracy.map((output, i) => ({ ...outputOf(output, report), ...decisionsOf(report, shown, i) })),
  };
}

function outputOf(output: NonNullable<KnownReport['accuracy']>[number], { quantization }: KnownReport): OutputAccuracy {
  const { name, sqnrDb, cosine, greatestError } = output;
  const quantized = quantization?.mix ? 'mixed' : (quantization?.scheme ?? 'int8');
  return {
    name,
    sqnrDb,
    words: [
      ...(sqnrDb === null ? [] : [`cosine ${cosine.toFixed(5)}, greatest error of a value ${short(greatestError)}`]),
      ...readingLines(output),
      ...figureLines(output, { float: 'float', quantized }).map((line) => line.trim()),
    ],
  };
}
