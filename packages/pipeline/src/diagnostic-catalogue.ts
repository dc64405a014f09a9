// Every code that any part can print, for `deploy explain`.
import { dataDiagnostics } from '@wherry/calibration-data';
import { compilerDiagnostics } from '@wherry/c-compiler';
import { boardDiagnostics } from '@wherry/emulated-boards';
import { exportDiagnostics } from '@wherry/c-exporter';
import { nameDiagnostics } from '@wherry/c-source';
import { engineDiagnostics } from '@wherry/engine-tfjs';
import { layoutDiagnostics } from '@wherry/firmware-layouts';
import { graphDiagnostics, WherryError, type DiagnosticDefinition } from '@wherry/graph';
import { importDiagnostics } from '@wherry/importers';
import { nearestName, profileDiagnostics } from '@wherry/profiles';
import { labDiagnostics } from '@wherry/lab/diagnostics';
import { quantizerDiagnostics } from '@wherry/quantizer';
import {
  deviceDiagnostics,
  discoveryDiagnostics,
  mlperfDiagnostics,
  portDiagnostics,
  traceDiagnostics,
} from '@wherry/serial-profiler';
import { tfliteDiagnostics } from '@wherry/tflite-writer';
import { asItIsDiagnostics } from './as-it-is-diagnostics.js';
import { trainerDiagnostics } from '@wherry/trainer';
import { trainingDiagnostics } from './training/diagnostics.js';
import { configDiagnostics } from './config/config-diagnostics.js';
import { dataQualityDiagnostics } from './data-quality-diagnostics.js';
import { pipelineDiagnostics } from './diagnostics.js';
import { attributionDiagnostics } from './attribution/diagnostics.js';
import { evaluationDiagnostics } from './evaluation-diagnostics.js';
import { measureDiagnostics } from './measure/diagnostics.js';
import { regressionDiagnostics } from './regression/diagnostics.js';
import { schemeDiagnostics } from './scheme-diagnostics.js';

/** In alphabetical order of their codes. */
export const diagnosticCatalogue: readonly DiagnosticDefinition[] = [
  dataDiagnostics,
  dataQualityDiagnostics,
  engineDiagnostics,
  compilerDiagnostics,
  exportDiagnostics,
  nameDiagnostics,
  graphDiagnostics,
  importDiagnostics,
  labDiagnostics,
  layoutDiagnostics,
  pipelineDiagnostics,
  configDiagnostics,
  evaluationDiagnostics,
  measureDiagnostics,
  boardDiagnostics,
  deviceDiagnostics,
  mlperfDiagnostics,
  discoveryDiagnostics,
  portDiagnostics,
  traceDiagnostics,
  attributionDiagnostics,
  asItIsDiagnostics,
  regressionDiagnostics,
  schemeDiagnostics,
  profileDiagnostics,
  quantizerDiagnostics,
  tfliteDiagnostics,
  trainerDiagnostics,
  trainingDiagnostics,
]
  .flatMap((part) => Object.values<DiagnosticDefinition>(part))
  .sort((a, b) => (a.code < b.code ? -1 : 1));

/** By its code, in any case of letters. Throws CODE_UNKNOWN with the nearest one. */
export function explainCode(code: string): DiagnosticDefinition {
  const wanted = code.toUpperCase();
  const found = diagnosticCatalogue.find((entry) => entry.code === wanted);
  if (found !== undefined) return found;
  const meant = nearestName(
    wanted,
    diagnosticCatalogue.map((entry) => entry.code),
  );
  throw new WherryError(pipelineDiagnostics.CODE_UNKNOWN, {
    what: `there is no error code "${code}"`,
    next: `${meant === null ? '' : `did you mean ${meant}? `}\`deploy explain\` lists them all`,
  });
}
