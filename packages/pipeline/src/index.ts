// The public face of this package.
export { deploy } from './deploy.js';
export type { DeployHost, Deployment, DeployRequest, Fit, IoChoice } from './deployment.js';
export { readDeployConfig } from './config/deploy-config.js';
export { requestOf, type DeploySettings } from './config/deploy-settings.js';
export { diagnosticCatalogue, explainCode } from './diagnostic-catalogue.js';
export { pipelineDiagnostics } from './diagnostics.js';
export { examineMachine, type Finding } from './examine-machine.js';
export { outputNames } from './export-files.js';
export { deployHost, engineNames, toolVersion, type EngineName } from './host.js';
export { readProfileFolder } from './inputs/profile-folder.js';
export { readModelFile } from './inputs/read-model-file.js';
export { inspectionText, inspectModel, type Inspection } from './inspect/inspect.js';
export { dumpNames, writeDump } from './output/dump.js';
export { recoverOutput, requireOwnDirectory, writeOutputDirectory } from './output/output-directory.js';
export { noProgress, type ProgressSink } from './progress.js';
export { plainStyle, reportText, type ReportStyle } from './report/report-text.js';
export { reportOf, type Report } from './report/report.js';
export { table } from './report/table.js';
