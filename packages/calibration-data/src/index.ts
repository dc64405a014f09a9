// The public face of this package.
export { dataPaths, type DataPaths } from './data-paths.js';
export { formatDataSource, formatNames, parseDataSource, type DataSourceSpec, type FormatName } from './data-source.js';
export { openDataset, type Dataset, type DatasetOptions, type Sample, type Truth } from './dataset.js';
export { dataDiagnostics } from './diagnostics.js';
export { dataFormats } from './formats/index.js';
export type { DataFormat, InputExpectation } from './formats/format.js';
export type { ChannelRange, InputSummary } from './input-statistics.js';
export { lintSamples, SampleLint, type LintSummary } from './lint-samples.js';
export type { MemorySample, MemorySamples } from './memory-samples.js';
export type { NumericTypeName } from './bytes/numeric-type.js';
export { noDataGiven } from './no-data-given.js';
export {
  checkPreprocessing,
  parsePreprocessing,
  preprocessingWords,
  type Preprocessing,
  type Resize,
} from './preprocessing.js';
export type { Selection } from './select-samples.js';
export { sampleDigest } from './sample-digest.js';
export { takingMore, type TakenSamples } from './taking-more.js';
