/** The rooms whose tests are measured by mutation, the files that are changed in each, and the tests that must notice. */
export const ROOMS: Record<string, { mutate: string[]; tests: string[] }> = {
  proofs: {
    mutate: ['src/proofs/**/*.ts'],
    tests: ['test/proofs/**/*.test.ts', 'test/attack/{jl,kp}-*.test.ts'],
  },
  status: {
    mutate: ['src/credentials/status/**/*.ts'],
    tests: [
      'test/credentials/{bitstring,status}*.test.ts',
      'test/credentials/status/**/*.test.ts',
      'test/attack/st-*.test.ts',
    ],
  },
  lints: {
    mutate: ['src/credentials/lints/**/*.ts'],
    tests: ['test/credentials/lints*.test.ts'],
  },
  net: {
    mutate: ['src/net/**/*.ts'],
    tests: ['test/net/**/*.test.ts', 'test/attack/ss-*.test.ts'],
  },
  checks: {
    mutate: ['src/verifier/checks/**/*.ts'],
    tests: ['test/verifier/**/*.test.ts', 'test/attack/{is-9,jl-9,jl-10,jl-11,st-4,ss-6}*.test.ts'],
  },
};

/** At least so many percent of the changes must be noticed by a test. */
export const SCORE = 80;
