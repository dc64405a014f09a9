// What a run was made of, by name and fingerprint.
import type { Fact } from '@wherry/report-page';
import type { DatasetReport } from '../inputs/datasets.js';
import { dataQualityLines } from '../report/data-quality-text.js';
import { datasetLines } from '../report/dataset-text.js';
import type { KnownReport } from '../report/report.js';
import { sourceText } from '../report/source-text.js';

export function provenanceOf(report: KnownReport): Fact[] {
  const { model, profile, engine, calibration, evaluation, dataQuality, tool } = report;
  const quality = dataQualityLines(dataQuality ?? null).map((line) => line.replace(/^data/, '').trim());
  return [
    { what: 'Model', value: `${model.file} (${sourceText(model)}), SHA-256 ${model.sha256}` },
    {
      what: 'Device profile',
      value: `${profile.id}, ${profile.runtime}${profile.simd === null ? '' : `, ${profile.simd}`}, SHA-256 ${profile.sha256}`,
    },
    ...dataFacts(calibration, evaluation),
    ...(quality.length === 0 ? [] : [{ what: 'Quality of the data', value: quality.join(' ') }]),
    ...(engine === undefined ? [] : [{ what: 'Engine', value: engine }]),
    { what: 'Tool', value: `${tool.name} ${tool.version}` },
  ];
}

/** Once where both are read alike from one file. */
function dataFacts(
  calibration: DatasetReport | null | undefined,
  evaluation: DatasetReport | null | undefined,
): Fact[] {
  const isSame = JSON.stringify(calibration) === JSON.stringify(evaluation);
  return [
    ...(calibration ? [dataFact('Calibration', 'calibration', calibration)] : []),
    ...(evaluation && !isSame ? [dataFact('Evaluation', 'evaluation', evaluation)] : []),
  ];
}

function dataFact(what: string, role: string, report: DatasetReport): Fact {
  const [first, ...rest] = datasetLines(role, report);
  const words = [first!.slice(role.length), ...rest].map((line) => line.trim());
  return { what, value: `${words.join('; ')}; SHA-256 ${report.sha256}` };
}
