// The page of a measurement: what each layer costs on the device, and whether it computes what it should.
import { counted, grouped } from '@wherry/graph';
import type { Fact, Figure, LayerCosts, Parity, ReportPage } from '@wherry/report-page';
import type { Measurement } from '../measure/measurement.js';
import { differenceText, parityVerdict } from '../measure/parity-text.js';
import { short } from '../report/numbers.js';

export function pageOfMeasurement(measurement: Measurement): ReportPage {
  const { tool, model, parity, profile, device, warnings } = measurement;
  const isRight = parity.verdict !== 'different' && measurement.plain?.verdict !== 'different';
  const where = device.emulated === null ? device.chip : `${device.emulated}, emulated in its place`;
  return {
    title: model.file,
    tool: `${tool.name} ${tool.version}`,
    verdict: {
      state: isRight ? 'good' : 'bad',
      label: isRight ? 'Computes what it should' : 'Computes something else',
      words: [`Measured for ${profile} on ${where}: ${parityVerdict(measurement)}.`],
    },
    figures: figuresOf(measurement),
    cost: costOf(measurement),
    parity: parityOf(measurement),
    warnings,
    provenance: provenanceOf(measurement, where),
  };
}

function amountOf(value: number, unit: string): string {
  return unit === 'ms' ? `${short(value)} ms` : grouped(Math.round(value));
}

function figuresOf({ cost, memory }: Measurement): Figure[] {
  const bytes = (label: string, value: number | null, words?: string): Figure[] =>
    value === null ? [] : [{ label, value: `${grouped(value)} bytes`, words }];
  const foretold = memory.arenaForetold === null ? undefined : `${grouped(memory.arenaForetold)} foretold`;
  return [
    ...(cost === null
      ? []
      : [
          {
            label: cost.unit === 'ms' ? 'An inference' : 'Instructions an inference',
            value: amountOf(cost.inference, cost.unit),
            words: `median of ${counted(cost.windows, 'window')}; ${amountOf(cost.least, cost.unit)} to ${amountOf(cost.most, cost.unit)}`,
          },
        ]),
    ...bytes('Arena in use', memory.arenaUsed, foretold),
    ...bytes('Stack at most', memory.stackUsed),
    ...bytes('Flash of the model', memory.modelFlash, 'its code and constants'),
  ];
}

function costOf({ cost, layers }: Measurement): LayerCosts | undefined {
  if (cost === null || layers.length === 0) return undefined;
  return {
    unit: cost.unit,
    words:
      cost.unit === 'instructions'
        ? ['Executed instructions are no time: what a chip takes for them depends on its memory and its pipeline.']
        : [],
    rows: layers.map(({ layer, operator, macs, cost: own, share, perMac }) => ({
      layer,
      operator,
      macs,
      cost: own,
      share,
      perMac,
    })),
  };
}

function parityOf(measurement: Measurement): Parity {
  const { differing, faulty } = measurement.parity;
  const wrong = faulty.length > 0 ? faulty : differing;
  return {
    words: [sentence(parityVerdict(measurement))],
    rows: wrong.map((tensor) => ({ layer: tensor.layer, what: differenceText(tensor, measurement.layers) })),
  };
}

function sentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}

function provenanceOf({ tool, model, device, against }: Measurement, where: string): Fact[] {
  return [
    { what: 'Model', value: `${model.file}, SHA-256 ${model.sha256}` },
    { what: 'Device', value: device.recorded ? `${where}, as a trace tells of it` : where },
    { what: 'Firmware', value: `${device.firmware}, runtime ${device.runtime} ${device.runtimeCommit}` },
    ...(device.kernels === null ? [] : [{ what: 'Kernels', value: device.kernels }]),
    ...(against === null
      ? []
      : [{ what: 'Held against', value: `${against.file} (${against.numbers}), SHA-256 ${against.sha256}` }]),
    { what: 'Tool', value: `${tool.name} ${tool.version}` },
  ];
}
