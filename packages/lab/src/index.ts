// The public face of this package.
export { labDiagnostics } from './diagnostics.js';
export { faultText, formCheck, type FormCheck } from './form-check.js';
export { boardNamed, emulated, parseHardwareMap, type Board, type HardwareMap } from './hardware-map/hardware-map.js';
export { hardwareMapSchema } from './hardware-map/hardware-map-schema.js';
export { collectJobs, type Collected, type CollectHost } from './queue/collect-jobs.js';
export { boardTiers, jobId, queueName, type BoardTier, type InputDigest, type LabJob } from './queue/lab-job.js';
export { jobStates, type KnownState } from './queue/job-states.js';
export type { LabResult, ParseOutcome } from './queue/result-store.js';
export { submitJobs, type SubmitHost, type Submitted } from './queue/submit-jobs.js';
export { parseRedisAddress, type RedisAddress } from './redis/redis-address.js';
export { connectRedis, type RedisConnection } from './redis/redis-connection.js';
export { boardsAtWork } from './worker/board-lease.js';
export { usualLimits, workBoard, type BoardWorker, type Work, type WorkLimits } from './worker/work-board.js';
