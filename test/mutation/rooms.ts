export interface Room {
  /** The files that are changed. */
  mutate: string[];
  /** The tests that must notice: the fewest and fastest that are about these files. */
  tests: string[];
  /** Leave out what runs once when a file is loaded: seen only by all the tests in a process of their own. */
  ignoreStatic?: boolean;
  /** Milliseconds after which a test that hangs has failed; default 30 seconds. */
  testTimeout?: number;
}

const proofs = (mutate: string, tests: string): Room => ({
  mutate: [`src/proofs/${mutate}.ts`],
  tests: [`test/proofs/${tests}.test.ts`],
  ignoreStatic: true,
});

/** The rooms, or parts of them, whose tests are measured by mutation. */
export const ROOMS: Record<string, Room> = {
  jose: proofs('jose/*', 'jose/{rules,open,envelope,check,make,sd-jwt}'),
  selective: proofs('ecdsa-sd-2023/*', '{sd-vectors,selective-disclosure}'),
  canonical: proofs('canonical/*', '{rdf-canon,contexts,work-limits}'),
  contexts: proofs('{context-policy,inline-context,contexts,addable-contexts}', '{contexts,vc-profile}'),
  proofs: proofs(
    '{check,proof-form,proof-set,signature,readable,keys,hash,suites,portable,harden,make,library,key-end,problem}',
    '{keys-and-sets,w3c-vectors,sign-verify,chains}',
  ),
  status: {
    mutate: ['src/credentials/status/**/*.ts'],
    tests: ['test/credentials/{bitstring,status,status-faults,revocation-list}.test.ts'],
  },
  lints: {
    // The sample is what the examples of the rules start from: data of their tests.
    mutate: ['src/credentials/lints/**/*.ts', '!src/credentials/lints/sample.ts'],
    tests: ['test/credentials/lints*.test.ts'],
    ignoreStatic: true,
  },
  net: {
    mutate: ['src/net/**/*.ts'],
    tests: ['test/net/**/*.test.ts'],
    // Nothing there takes a second, and half of the changes make something wait for ever.
    testTimeout: 5_000,
  },
  checks: {
    mutate: ['src/verifier/checks/**/*.ts'],
    tests: ['test/verifier/checks/**/*.test.ts', 'test/verifier/{proof-remarks,revocation-list,status-kinds}.test.ts'],
    ignoreStatic: true,
  },
};

/** At least so many percent of the changes must be noticed by a test. */
export const SCORE = 80;
