// The report as a person reads it on a terminal.
import { formatDiagnostic, printable } from '@wherry/graph';
import type { OutputComparison } from '../accuracy/output-comparison.js';
import type { DatasetReport } from '../inputs/datasets.js';
import type { LayerReport, Report, TensorReport } from './report.js';
import { table } from './table.js';

/** Lines without colour; the app adds that where the terminal has it. */
export function reportText(report: Report): string {
  return [
    ...headLines(report), '',
    ...layerLines(report.layers), '',
    ...memoryLines(report), '',
    ...report.accuracy.flatMap((output) => accuracyLines(output as OutputComparison, report)), '',
    ...report.warnings.flatMap((warning) => [...formatDiagnostic(warning).split('\n').map((line, i) => (i === 0 ? `warning ${line}` : line)), '']),
    ...fileLines(report),
  ].join('\n');
}

function headLines({ model, profile, calibration, evaluation, quantization, rewrites, inputs, outputs, engine }: Report): string[] {
  const tried = quantization.candidates.length > 1 ? `, best of ${quantization.candidates.length} measured` : '';
  return [
    `model        ${printable(model.file)} (${model.format}, ${printable(model.producer)} ${printable(model.version)})`,
    `profile      ${profile.id}, ${profile.runtime}`,
    `calibration  ${datasetLine(calibration)}`,
    ...(evaluation.sha256 === calibration.sha256 ? [] : [`evaluation   ${datasetLine(evaluation)}`]),
    `rewrites     ${rewrites.length === 0 ? 'none' : rewrites.map(({ rewrite, nodesBefore, nodesAfter }) => `${rewrite} ${nodesBefore}->${nodesAfter}`).join(', ')}`,
    `scheme       ${quantization.scheme}, ranges by ${quantization.method}${quantization.biasCorrection ? ' with bias correction' : ''}${tried} (${engine})`,
    ...inputs.map((tensor) => `input        ${tensorLine(tensor)}`),
    ...outputs.map((tensor) => `output       ${tensorLine(tensor)}`),
  ];
}

function datasetLine({ name, format, samples, preprocessing, lint }: DatasetReport): string {
  const declared = Object.keys(preprocessing).length === 0 ? 'raw values, no preprocessing declared' : `preprocessing ${JSON.stringify(preprocessing)}`;
  const seen = lint.inputs.map(({ min, max, mean }) => `values ${short(min)} to ${short(max)}, mean ${short(mean)}`).join('; ');
  return `${printable(name)} (${format}), ${samples} samples, ${seen}; ${declared}`;
}

function tensorLine({ name, shape, dtype, scale, zeroPoint }: TensorReport): string {
  const quantization = scale === null ? '' : `, real = ${short(scale)} * (q - ${zeroPoint})`;
  return `${printable(name)} ${dtype}[${shape.join(', ')}]${quantization}`;
}

function layerLines(layers: readonly LayerReport[]): string[] {
  const rows = layers.map(({ layer, operator, output, macs, weightBytes, decision, outputScale }) => [
    printable(layer), operator, output.shape.join('x'), grouped(macs), grouped(weightBytes), outputScale === '' ? decision : `${decision}; output ${outputScale}`,
  ]);
  return table(['layer', 'operator', 'output', 'MACs', 'weights B', 'why'], rows, new Set([3, 4]));
}

function memoryLines({ memory, cost }: Report): string[] {
  const { flash, ram, estimate } = memory;
  const share = ({ used, available }: { readonly used: number; readonly available: number }): string =>
    `${grouped(used)} of ${grouped(available)} bytes (${((100 * used) / available).toFixed(1)} %)`;
  return [
    `flash        ${share(flash)}, the model as it is`,
    `RAM          ${share(ram)}, the arena: ${grouped(estimate.usedBytes)} estimated in use, ${grouped(estimate.activationBytes)} of it activations, and the profile's margin${memory.carriedPlan ? '; the model carries the smaller memory plan' : ''}`,
    `work         ${grouped(cost.macs)} MACs an inference`,
    'fits         yes',
  ];
}

function accuracyLines({ name, samples, sqnrDb, cosine, greatestError, top1 }: OutputComparison, report: Report): string[] {
  const where = report.evaluation.sha256 === report.calibration.sha256 ? 'calibration' : 'evaluation';
  const signal = sqnrDb === null || !Number.isFinite(sqnrDb) ? 'equal to float' : `SQNR ${sqnrDb.toFixed(1)} dB, cosine ${cosine.toFixed(5)}, greatest error ${short(greatestError)}`;
  const lines = [`accuracy     ${printable(name)}: ${signal} (${samples} ${where} samples, int8 against float)`];
  if (top1 === undefined) return lines;
  lines.push(`             same top-1 class in ${top1.agree} of ${samples} (${percent(top1.agree, samples)})`);
  if (top1.labelled > 0) {
    lines.push(`             top-1 float ${percent(top1.floatRight, top1.labelled)}, int8 ${percent(top1.quantizedRight, top1.labelled)} of ${top1.labelled} labelled`);
  }
  return lines;
}

function fileLines({ files }: Report): string[] {
  return files.map(({ name, bytes, sha256 }) => `wrote        ${name}  ${grouped(bytes)} bytes  sha256 ${sha256.slice(0, 16)}`);
}

function percent(part: number, whole: number): string {
  return `${((100 * part) / whole).toFixed(1)} %`;
}

function short(value: number): string {
  return String(Number(value.toPrecision(4)));
}

/** Thousands apart, in no locale's manner but ours. */
function grouped(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',');
}
