// The exit codes of the command, and so the class of every diagnostic.

/** What a failed command tells its caller. A code is never given a new meaning. */
export const exitCodes = {
  ok: 0,
  bug: 1,
  usage: 2,
  modelRejected: 3,
  unsupported: 4,
  doesNotFit: 5,
  regression: 6,
  deviceNotFound: 7,
  linkFailed: 8,
  deviceWrong: 9,
  timeout: 10,
  environment: 11,
  interrupted: 130,
} as const;

/** Those that this version ends with, and what they tell: for the help and the README. */
export const usedExitCodes: readonly (readonly [code: ExitCode, meaning: string])[] = [
  [exitCodes.ok, 'done'],
  [exitCodes.bug, 'a bug of this tool'],
  [exitCodes.usage, 'usage, configuration or data'],
  [exitCodes.modelRejected, 'model rejected'],
  [exitCodes.unsupported, 'not supported on this profile'],
  [exitCodes.doesNotFit, 'does not fit the device'],
  [
    exitCodes.regression,
    'accuracy below its limit; models differ, or one loses; a device computes otherwise; a baseline is not held',
  ],
  [exitCodes.deviceNotFound, 'no device: none of the kind, no such port, or several'],
  [exitCodes.linkFailed, 'no way to the device or the emulated board: silent, gone, noisy, not built'],
  [exitCodes.deviceWrong, 'the device is not the one meant, or contradicts itself'],
  [exitCodes.timeout, 'not done in time'],
  [exitCodes.environment, 'environment: disk, permissions, missing engine, report not delivered'],
  [exitCodes.interrupted, 'interrupted; the message says what was written'],
];

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
