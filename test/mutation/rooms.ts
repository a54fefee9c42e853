/** The rooms whose tests are measured by mutation, the files that are changed in each, and the tests that must notice. */
export interface Room {
  mutate: string[];
  tests: string[];
  /** Leave out what runs once when a file is loaded. */
  ignoreStatic?: boolean;
  /** Milliseconds after which a test that hangs has failed; default 30 seconds. */
  testTimeout?: number;
}

export const ROOMS: Record<string, Room> = {
  proofs: {
    mutate: ['src/proofs/**/*.ts'],
    tests: ['test/proofs/**/*.test.ts', 'test/attack/{jl,kp}-*.test.ts'],
  },
  status: {
    mutate: ['src/credentials/status/**/*.ts'],
    tests: ['test/credentials/{bitstring,status}*.test.ts', 'test/credentials/{other-entries,revocation-list}.test.ts'],
  },
  lints: {
    mutate: ['src/credentials/lints/**/*.ts'],
    tests: ['test/credentials/lints*.test.ts'],
  },
  net: {
    mutate: ['src/net/**/*.ts'],
    tests: ['test/net/**/*.test.ts'],
    // Nothing there takes a second, and half of the changes make something wait for ever.
    testTimeout: 5_000,
  },
  checks: {
    mutate: ['src/verifier/checks/**/*.ts'],
    tests: [
      'test/verifier/checks/**/*.test.ts',
      'test/verifier/{proof-remarks,revocation-list,status-kinds}.test.ts',
    ],
    ignoreStatic: true,
  },
};

/** At least so many percent of the changes must be noticed by a test. */
export const SCORE = 80;
