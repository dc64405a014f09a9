// The refusals of the lab: its map, its queue, its boards and its results.
import { defineDiagnostics, exitCodes } from '@wherry/graph';

export const labDiagnostics = defineDiagnostics({
  LAB_MAP_INVALID: {
    exitCode: exitCodes.usage,
    title: 'The hardware map cannot be used',
    explanation:
      'A hardware map is a list of boards in YAML or JSON, with the names that twister of Zephyr gives: `id`, `platform` (here the id of a ' +
      'device profile), `serial` (a port, or `emulated`), `runner`, `connected`, `baud`. What only describes a board (`product`, ' +
      '`probe_id`, `fixtures`, `notes`) is taken as it is. Whatever would have something done that is not done here is refused. ' +
      '`docs/schema/hardware-map.schema.json` has it all.',
  },
  LAB_MAP_UNREADABLE: {
    exitCode: exitCodes.environment,
    title: 'The hardware map is there, and the system does not let it be read',
    explanation: 'Permissions of the file or of a folder above it, or a disk that answers with an error.',
  },
  LAB_BOARD_UNKNOWN: {
    exitCode: exitCodes.usage,
    title: 'The hardware map has no such board, or it is not connected',
    explanation:
      'A worker is started for one board of the map, by its `id`; a board with `connected: false` is given nothing to do.',
  },
  LAB_MODULE_MISSING: {
    exitCode: exitCodes.environment,
    title: 'The packages that speak to Redis are not installed',
    explanation:
      'Only `deploy lab` needs the npm packages `bullmq` and `ioredis`, so the tool does not bring them. They work without their native ' +
      'parts and without install scripts.',
  },
  LAB_REDIS_ADDRESS: {
    exitCode: exitCodes.usage,
    title: 'This is no address of a Redis server',
    explanation:
      'An address is `redis://HOST:PORT`, with `USER:PASSWORD@` in front of the host and `/NUMBER` of a database behind it where it has ' +
      'them, `rediss://` where it is encrypted, or `unix:///PATH` of a socket. The variable WHERRY_REDIS keeps a password out of the list ' +
      'of processes.',
  },
  LAB_REDIS_UNREACHABLE: {
    exitCode: exitCodes.environment,
    title: 'No Redis server answers',
    explanation:
      'Nothing listens there, a name is not known, a firewall is between, or what answers is something else.',
  },
  LAB_REDIS_LOST: {
    exitCode: exitCodes.environment,
    title: 'The Redis server has gone, or does not answer any more',
    explanation:
      'It was waited for, and did not come back in time. What a board was doing is done again by the next worker; results that are there ' +
      'stay. A Redis that keeps its data in memory only forgets jobs and results when it is started anew: submit again.',
  },
  LAB_REDIS_REFUSED: {
    exitCode: exitCodes.environment,
    title: 'The Redis server refuses what it is asked',
    explanation:
      'A password that is missing or wrong, no memory left, a copy that is only read, or a version older than 5.',
  },
  LAB_JOB_INVALID: {
    exitCode: exitCodes.environment,
    title: 'Something in the queue is no job of the lab',
    explanation:
      'Whoever may write to this Redis may write jobs. What cannot be read, or is not what its id stands for, is not run; a job never names ' +
      'a path or a command, only a model and a profile of the project that the worker has itself.',
  },
  LAB_RESULT_INVALID: {
    exitCode: exitCodes.environment,
    title: 'What Redis has is not the result of this job',
    explanation:
      'Results are written by workers and held to their form, their id, and the pair that they are of. Whoever may write to this Redis may ' +
      'write results: keep it on a network of the lab, with a password.',
  },
  LAB_JOB_FAILED: {
    exitCode: exitCodes.environment,
    title: 'A job of the lab ended without a result',
    explanation:
      'What its worker said last is shown. A job that failed like this is run again when it is submitted again.',
  },
  LAB_JOB_ABANDONED: {
    exitCode: exitCodes.environment,
    title: 'A job of the lab has ended every worker that took it',
    explanation:
      'A job whose worker dies goes to the next one. After several of them it is taken away, as it may be the job that does it: memory that ' +
      'runs out, or a driver that takes the machine with it.',
  },
  LAB_JOB_GONE: {
    exitCode: exitCodes.environment,
    title: 'The lab knows nothing of this job',
    explanation:
      'A job has its id from all that a run reads: model, data, settings, device, baseline and version of the tool. Something of that is other ' +
      'than when it was submitted; or nobody has submitted it; or Redis was started anew without what it had.',
  },
  LAB_TIMEOUT: {
    exitCode: exitCodes.timeout,
    title: 'Jobs of the lab are not done in time',
    explanation:
      'They stay in the queue, and are done when a worker of their device comes to them. Collecting again goes on waiting.',
  },
  LAB_BOARD_TAKEN: {
    exitCode: exitCodes.environment,
    title: 'The board has another worker',
    explanation:
      'Two programs at one port answer each other. A worker that was killed holds its board until the others take it for dead, which is ' +
      'waited for.',
  },
  LAB_NO_BOARD: {
    exitCode: exitCodes.deviceNotFound,
    title: 'No connected board of the lab is such a device',
    explanation:
      'A job goes to the boards of its device and its tier: `hw` to those at a port, `emu` to those with `serial: emulated`. Where there is ' +
      'none it would wait for ever, so nothing is submitted at all.',
  },
  LAB_INPUTS_DIFFER: {
    exitCode: exitCodes.environment,
    title: 'A worker has other files than those that were submitted',
    explanation:
      'A worker runs the files of its own checkout. It makes the digests of the job again, before the run and after it, and gives no result ' +
      'where one of them differs: it would be a result of something else. The names say what differs: the version of the tool, the settings ' +
      'of the model, the profile, a file, or the baseline.',
  },
  LAB_INPUT_UNREADABLE: {
    exitCode: exitCodes.environment,
    title: 'A file that a run reads is there, and cannot be read',
    explanation:
      'Its permissions, those of a folder above it, or the disk. Without it nobody can say whether a result is one of these files.',
  },
  LAB_SCRIPT_FAILED: {
    exitCode: exitCodes.linkFailed,
    title: 'The script of a board did not put the model onto it',
    explanation:
      '`pre_script` of the hardware map is run before each job of the board, with WHERRY_BOARD, WHERRY_SERIAL, WHERRY_RUNNER, WHERRY_PROBE, ' +
      'WHERRY_MODEL and WHERRY_PROFILE, in the folder of the worker. It ends with 0 when the board has the firmware of that very model; ' +
      'a board with another one is refused all the same.',
  },
});
