/** What the exit code of every command says; the README has the same table, and a test holds that it does. */
export const EXIT = {
  done: 0,
  fails: 1,
  usage: 2,
  unknown: 3,
  silent: 4,
  fault: 5,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export const EXIT_CODES: Readonly<Record<ExitCode, string>> = {
  0: 'done, and what was asked about holds',
  1: 'what was asked about does not hold, or not all of it was done',
  2: 'wrong usage or input, or a request that the service refused: the same again ends the same way',
  3: 'it could not be found out (`verify` only): no pass and no failure',
  4: 'what had to be asked did not answer, or said that it cannot now: try again later',
  5: 'a fault of this program or of this machine (a full disk)',
};
