// The page of a measurement: what each layer costs on the device, and whether it computes what it should.
import { counted, grouped } from '@wherry/graph';
import type { Fact, Figure, LayerCosts, ReportPage } from '@wherry/report-page';
import type { Measurement, MeasurementCost, ParityVerdict } from '../measure/measurement.js';
import { short } from '../report/numbers.js';
import { parityOf, verdictOfParity } from './parity-of.js';

export function pageOfMeasurement(measurement: Measurement): ReportPage {
  const { tool, model, device, warnings } = measurement;
  const where = device.emulated === null ? device.chip : `${device.emulated}, emulated in its place`;
  return {
    title: model.file,
    tool: `${tool.name} ${tool.version}`,
    verdict: verdictOfParity(measurement, where),
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

function figuresOf({ cost, plain, parity, memory }: Measurement): Figure[] {
  const bytes = (label: string, value: number | null, words?: string): Figure[] =>
    value === null ? [] : [{ label, value: `${grouped(value)} bytes`, words }];
  const foretold = memory.arenaForetold === null ? undefined : `${grouped(memory.arenaForetold)} foretold`;
  return [
    ...costFigure(cost, parity.verdict, ''),
    ...(plain === null ? [] : costFigure(plain.cost, plain.verdict, ', plain kernels')),
    ...bytes('Arena in use', memory.arenaUsed, foretold),
    ...bytes('Stack at most', memory.stackUsed),
    ...bytes('Flash of the model', memory.modelFlash, 'its code and constants'),
  ];
}

function costFigure(cost: MeasurementCost | null, verdict: ParityVerdict, kernels: string): Figure[] {
  if (cost === null) return [];
  const { unit, inference, least, most, windows } = cost;
  const ofWrong = verdict === 'different' ? ': of a wrong result' : '';
  return [
    {
      label: `${unit === 'ms' ? 'An inference' : 'Instructions an inference'}${kernels}`,
      value: amountOf(inference, unit),
      words: `median of ${counted(windows, 'window')}; ${amountOf(least, unit)} to ${amountOf(most, unit)}${ofWrong}`,
    },
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
    rows: layers.map(({ layer, operator, macs, cost: own, share, perMac, plainCost }) => ({
      layer,
      operator,
      macs,
      cost: own,
      share,
      perMac,
      plainCost,
    })),
  };
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
