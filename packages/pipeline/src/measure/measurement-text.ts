// A measurement as a person reads it on a terminal.
import { printable } from '@wherry/graph';
import { grouped } from '../report/numbers.js';
import { plainStyle, warningLines, type ReportStyle } from '../report/report-text.js';
import { reportWidth, wrapText } from '../report/wrap-text.js';
import { costLines } from './cost-text.js';
import { notSaid, type Measurement } from './measurement.js';
import { parityLines } from './parity-text.js';
import { indent } from './text-column.js';

/** Ends without a line feed. */
export function measurementText(measurement: Measurement, style: ReportStyle = plainStyle): string {
  const { model, profile, device } = measurement;
  const where =
    device.emulated === null
      ? `${printable(device.chip)}${device.recorded ? ', as a trace tells of it: nothing was asked now' : ''}`
      : `${device.emulated}, emulated in its place; what it counts are instructions and no times`;
  return [
    `model         ${printable(model.file)} (SHA-256 ${model.sha256.slice(0, 12)}…)`,
    ...wrapText(`device        ${profile}: ${where}`, reportWidth, indent),
    ...wrapText(
      `firmware      ${printable(device.runtime === notSaid ? device.firmware : `${device.firmware}, runtime ${device.runtime} ${device.runtimeCommit}`)}${device.kernels === 'plain' ? ', plain kernels' : ''}`,
      reportWidth,
      indent,
    ),
    '',
    ...parityLines(measurement, style),
    '',
    ...costLines(measurement, style),
    '',
    ...memoryLines(measurement, style),
    ...(measurement.error === undefined
      ? []
      : ['', ...wrapText(`next          ${measurement.error.next}`, reportWidth, indent)]),
    ...measurement.warnings.flatMap((warning) => ['', ...warningLines(warning, style)]),
  ].join('\n');
}

function memoryLines({ memory, device }: Measurement, style: ReportStyle): string[] {
  const { arenaForetold, arenaUsed, stackUsed, stackBytes, heapUsed, heapBytes, modelFlash } = memory;
  const bytes = (value: number): string => `${grouped(value)} ${value === 1 ? 'byte' : 'bytes'}`;
  const parts = [
    arenaUsed === null
      ? null
      : `arena ${bytes(arenaUsed)}${arenaForetold === null ? '' : arenaForetold === arenaUsed ? ', as foretold' : ` (${grouped(arenaForetold)} foretold)`}`,
    stackUsed === null
      ? null
      : `stack ${bytes(stackUsed)} at most${stackBytes === null || device.emulated !== null ? '' : ` of ${grouped(stackBytes)}`}`,
    heapUsed === null || heapBytes === 0 ? null : `heap ${bytes(heapUsed)}`,
    modelFlash === null ? null : `flash ${bytes(modelFlash)} of code and constants of the model`,
  ].flatMap((part) => part ?? []);
  if (parts.length === 0) return [`${style.heading('memory')}        not told by the device`];
  return wrapText(`${style.heading('memory')}        ${parts.join('; ')}`, reportWidth, indent);
}
