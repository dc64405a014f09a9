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

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
