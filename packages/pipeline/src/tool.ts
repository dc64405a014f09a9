// What the command line needs of the tool before it is known what to do: loaded alone, it takes a tenth of the time of all.
import { createRequire } from 'node:module';

export const engineNames = ['wasm', 'node', 'reference'] as const;
export type EngineName = (typeof engineNames)[number];

export const toolVersion: string = (createRequire(import.meta.url)('../package.json') as { readonly version: string })
  .version;

export {
  lossNames,
  optimizerNames,
  rangeTrainings,
  scheduleNames,
  trainingDefaults,
} from '@wherry/trainer/training-settings';
export { agentKits } from '@wherry/agent-exporter/agent-kits';
export { layoutNames } from '@wherry/firmware-layouts/layout-names';
export { rangeMethods } from '@wherry/quantizer/range-methods';
export { arrayFormats, ioTypes, portableRuntimes, schemeNames } from '@wherry/profiles/scheme-names';
export { dialects, type Dialect } from './measure/dialect.js';
export { agentRuntimes, type AgentRuntime } from './measure/agent-runtimes.js';
export { kernelChoices, kernelSets, type KernelChoice, type KernelSet } from './measure/kernel-choice.js';
export { configDiagnostics } from './config/config-diagnostics.js';
export { commandNames } from './config/command-names.js';
export { tiers, type Tier } from './regression/tier.js';
export { shardKeys } from './sharding/shard-pairs.js';
export { taskNames } from './accuracy/task-names.js';
export { pipelineDiagnostics } from './diagnostics.js';

export { noProgress } from './progress.js';
export { table } from './report/table.js';
export { wrapText } from './report/wrap-text.js';
