// The public face of this package.
export { dataFormats, parsePreprocessing, preprocessingWords } from '@wherry/calibration-data';
export { attributionDiagnostics } from './attribution/diagnostics.js';
export { explainAccuracy, type Explained } from './attribution/explain-accuracy.js';
export { requireFloat } from './attribution/require-float.js';
export { explainFile, type ExplainFileRequest } from './attribution/explain-file.js';
export type { Explanation, FileExplanation } from './attribution/explanation.js';
export { appliedText, explanationText, fileExplanationText } from './attribution/explanation-text.js';
export { attempt, deploy } from './deploy.js';
export type { DeployHost, Deployment, DeployRequest, Fit, Refused, Verdict } from './deployment.js';
export { runOptions, settingKeys } from './config/deploy-config.js';
export { projectModelNames, readDeployConfig, readProject, type Project, type ProjectModel } from './config/project.js';
export { budgetSecondsOf, requestOf, type DeploySettings } from './config/deploy-settings.js';
export { diagnosticCatalogue, explainCode } from './diagnostic-catalogue.js';
export { pipelineDiagnostics } from './diagnostics.js';
export { diffModels, type DiffRequest } from './diff/diff-models.js';
export { diffText } from './diff/diff-text.js';
export type { DiffVerdict, ModelDifference } from './diff/document.js';
export { evaluateModel, type EvaluateRequest } from './evaluate/evaluate-model.js';
export type { Evaluation } from './evaluate/evaluation.js';
export { evaluationText } from './evaluate/evaluation-text.js';
export { examineMachine, type Finding } from './examine-machine.js';
export { deployHost } from './host.js';
export { checkProfileFile, type ProfileCheck } from './inputs/profile-check.js';
export { readProfileFolder, readProfiles, readProfileTexts } from './inputs/profile-folder.js';
export { readModelFile, requireModelThere } from './inputs/read-model-file.js';
export { inspectionText, inspectModel, type Inspection } from './inspect/inspect.js';
export { dumpNames, writeDump } from './output/dump.js';
export { requireOwnPage, writePage } from './output/page-file.js';
export { recoverOutput, requireOwnDirectory, writeOutputDirectory } from './output/output-directory.js';
export { requireSameName } from './output/same-name.js';
export { requireSeparateFolders } from './output/separate-folders.js';
export {
  lossNames,
  optimizerNames,
  rangeTrainings,
  scheduleNames,
  trainingDefaults,
  trainingRequestOf,
  type TrainingOptions,
} from './training/training-options.js';
export { defaultInputs, measureModel } from './measure/measure-model.js';
export type { MeasureHost, MeasureRequest } from './measure/measure-request.js';
export { writeMeasurement } from './measure/measurement-files.js';
export type { Measurement } from './measure/measurement.js';
export {
  agentKits,
  writeAgentProject,
  type AgentKit,
  type AgentProjectRequest,
  type WrittenProject,
} from './measure/write-agent-project.js';
export { measurementText } from './measure/measurement-text.js';
export { parityVerdict } from './measure/parity-text.js';
export { besideBaseline, type RunOfPair } from './regression/beside-baseline.js';
export { baselinePlace } from './regression/baseline-folder.js';
export { pairsOf } from './regression/pairs.js';
export { testExitCode } from './regression/exit-code.js';
export { testJunit } from './regression/test-junit.js';
export { testMarkdown } from './regression/test-markdown.js';
export { testProject, type TestHost, type TestRequest } from './regression/test-project.js';
export type { TestedPair, TestResult } from './regression/test-result.js';
export { testText } from './regression/test-text.js';
export { removeReport, requireOwnReport, writeReport } from './output/report-file.js';
export { noProgress, type ProgressSink } from './progress.js';
export { pageOfMeasurement } from './report-page/page-of-measurement.js';
export { pageOfDeployment, pageOfRefusal } from './report-page/page-of-run.js';
export type { RefusedReport } from './report/refused-report.js';
export { plainStyle, reportText, type ReportStyle, type ReportTextOptions } from './report/report-text.js';
export { reportOf, type Report } from './report/report.js';
export { table } from './report/table.js';
export { planShards, shardsText } from './sharding/plan-shards.js';
export type { Shard, ShardKey } from './sharding/shard-pairs.js';
export { engineNames, toolVersion, type EngineName } from './tool.js';
export { wrapText } from './report/wrap-text.js';
