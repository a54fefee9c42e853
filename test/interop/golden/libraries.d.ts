// The libraries below ship no types. Only what the golden documents use is declared.

declare module '@digitalcredentials/vc' {
  export const issue: typeof import('@digitalbazaar/vc').issue;
}
declare module '@digitalcredentials/data-integrity' {
  export const DataIntegrityProof: typeof import('@digitalbazaar/data-integrity').DataIntegrityProof;
}
declare module '@digitalcredentials/eddsa-rdfc-2022-cryptosuite' {
  export const cryptosuite: typeof import('@digitalbazaar/eddsa-rdfc-2022-cryptosuite').cryptosuite;
}
