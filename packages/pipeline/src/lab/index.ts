// The lab, for commands: loaded apart from the rest, as it brings what reads hardware maps and speaks to Redis.
export {
  connectRedis,
  boardNamed,
  parseRedisAddress,
  queueName,
  workBoard,
  usualLimits,
  type BoardTier,
} from '@wherry/lab';
export { boardTarget, readHardwareMap, tierOf, type BoardTarget } from './board-targets.js';
export type { LabPlace, LabRequest } from './lab-project.js';
export { standingText } from './standing-text.js';
export { collectProject, labStatus, submitProject, type CollectOptions, type LabStanding } from './lab-work.js';
export { runLabJob, type JobHost } from './run-lab-job.js';
export { workDocument, workLines } from './work-text.js';
