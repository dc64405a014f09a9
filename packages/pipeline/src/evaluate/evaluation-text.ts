// An evaluation as a person reads it on a terminal.
import { counted, printable } from '@wherry/graph';
import { closeness, readingLines, samplesText, under } from '../report/accuracy-text.js';
import { alikeLines, figureLines, type Names } from '../report/figures-text.js';
import { short } from '../report/numbers.js';
import { ownFigures } from '../report/own-figures-text.js';
import { datasetLines } from '../report/dataset-text.js';
import { plainStyle, warningLines, type ReportStyle } from '../report/report-text.js';
import { sourceText } from '../report/source-text.js';
import { reportWidth, wrapText } from '../report/wrap-text.js';
import type { EvaluatedModel, Evaluation, RecordedOutputs } from './evaluation.js';

/** Ends without a line feed. */
export function evaluationText(evaluation: Evaluation, style: ReportStyle = plainStyle): string {
  const { model, against, outputs, warnings } = evaluation;
  return [
    `model        ${modelText(model)}`,
    ...(against === null ? [] : [`against      ${modelText(against)}`]),
    ...outputs.flatMap((recorded) => wrapText(`outputs      ${recordedText(recorded)}`, reportWidth, ' '.repeat(15))),
    ...datasetLines('evaluation', evaluation.evaluation),
    '',
    ...accuracyLines(evaluation, style.heading),
    '',
    ...warnings.flatMap((warning) => [...warningLines(warning, style), '']),
  ]
    .join('\n')
    .trimEnd();
}

function modelText(model: EvaluatedModel): string {
  return `${printable(model.called)} (${sourceText(model)}), ${model.numbers}`;
}

function recordedText({ output, name, format, rows, read, scale, zeroPoint }: RecordedOutputs): string {
  const how =
    scale === null || zeroPoint === null
      ? read
      : `${read}, real = ${short(scale)} * (q ${zeroPoint < 0 ? '+' : '-'} ${Math.abs(zeroPoint)})`;
  return printable(`${output}: ${name} (${format}), ${counted(rows, 'row')} of ${how}`);
}

function accuracyLines(evaluation: Evaluation, heading: (text: string) => string): string[] {
  const { accuracy, ownAccuracy, evaluation: data } = evaluation;
  const names = namesOf(evaluation);
  const isOther = evaluation.against !== null;
  const head = (what: string, outputs: Parameters<typeof samplesText>[2]): string[] =>
    wrapText(
      `${heading('accuracy')}     ${what} ${samplesText(data.samples, 'evaluation', outputs)}`,
      reportWidth,
      ' '.repeat(13),
    );
  if (ownAccuracy !== null)
    return [
      ...head('of the model by itself on', ownAccuracy),
      ...ownAccuracy.flatMap((output) =>
        under([
          `${printable(output.name)}: ${ownFigures(output)}`,
          ...readingLines(output),
          ...alikeLines(output.top1 ?? output.threshold),
        ]),
      ),
    ];
  return [
    ...head(
      `${evaluation.outputs.length > 0 ? 'what was recorded' : 'the model'} against the ${isOther ? 'other model' : 'model on this host'} on`,
      accuracy,
    ),
    ...accuracy.flatMap((output) =>
      under([
        `${printable(output.name)}: ${closeness(output, isOther ? 'the other' : 'the model on this host')}`,
        ...readingLines(output),
        ...figureLines(output, names),
      ]),
    ),
  ];
}

/** Short, as they stand in every line. */
function namesOf({ against, outputs }: Evaluation): Names {
  return { float: against === null ? 'host' : 'other', quantized: outputs.length > 0 ? 'recorded' : 'model' };
}
