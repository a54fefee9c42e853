import { createSignCryptosuite as ecdsaJcs2019 } from '@digitalbazaar/ecdsa-jcs-2019-cryptosuite';
import { cryptosuite as ecdsaRdfc2019 } from '@digitalbazaar/ecdsa-rdfc-2019-cryptosuite';
import { createSignCryptosuite as ecdsaSd2023 } from '@digitalbazaar/ecdsa-sd-2023-cryptosuite';
import { createSignCryptosuite as eddsaJcs2022 } from '@digitalbazaar/eddsa-jcs-2022-cryptosuite';
import { type Cryptosuite, cryptosuite as eddsaRdfc2022 } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import type { ContextResolver } from 'jsonld/lib/ContextResolver.js';
import { canonicalJson, type Json, nextTurn } from '#kernel';
import type { Digest } from './keys.ts';
import type { ProofOptions } from './ports.ts';
import type { IssuingCryptosuite } from './suites.ts';

/** The reference libraries are large: whoever needs them imports this file when the first proof is made. */
export { DataIntegrityProof } from '@digitalbazaar/data-integrity';
export { createDiscloseCryptosuite } from '@digitalbazaar/ecdsa-sd-2023-cryptosuite';
export {
  _checkCredential as checkCredential,
  derive,
  issue,
  signPresentation,
  verifyCredential,
} from '@digitalbazaar/vc';
export { default as ContextResolver } from 'jsonld/lib/ContextResolver.js';
export { SharingResolver } from './canonical/context-resolver.ts';

type CanonicalForm = (input: Json, digest: Digest) => Promise<string>;

/** The reference implementation of each suite that signs, with our canonicalisation in it where it lets us. */
const LIBRARY: Record<IssuingCryptosuite, (options: ProofOptions, form: CanonicalForm) => Cryptosuite> = {
  'eddsa-rdfc-2022': (_, form) => ({ ...eddsaRdfc2022, canonize: (input) => form(input as Json, 'sha256') }),
  'eddsa-jcs-2022': () => ({ ...eddsaJcs2022(), canonize: jcs }),
  'ecdsa-rdfc-2019': (_, form) => ({
    ...ecdsaRdfc2019,
    canonize: (input, { messageDigestAlgorithm }) =>
      form(input as Json, messageDigestAlgorithm === 'SHA-384' ? 'sha384' : 'sha256'),
  }),
  'ecdsa-jcs-2019': () => ({ ...ecdsaJcs2019(), canonize: jcs }),
  'ecdsa-sd-2023': ({ mandatoryPointers = [] }) => ecdsaSd2023({ mandatoryPointers: [...mandatoryPointers] }),
};

export function libraryCryptosuite(options: ProofOptions, form: CanonicalForm): Cryptosuite {
  return LIBRARY[options.cryptosuite ?? 'eddsa-rdfc-2022'](options, form);
}

const jcs = async (input: unknown): Promise<string> => canonicalJson(input as Json);

const VERIFYING: Record<string, Cryptosuite | undefined> = {
  'eddsa-rdfc-2022': eddsaRdfc2022,
  'ecdsa-rdfc-2019': ecdsaRdfc2019,
};

/**
 * A suite of badges that the library verifies by itself; how it gets at contexts is all that is ours: reading that of the
 * extension anew each time costs four times as much as the rest.
 */
export function verifyingCryptosuite(name: string, contextResolver: ContextResolver): Cryptosuite | undefined {
  const found = Object.hasOwn(VERIFYING, name) ? VERIFYING[name] : undefined;
  if (!found) return undefined;
  const { canonize, ...suite } = found;
  if (!canonize) throw new Error(`${name} has no canonical form`);
  return {
    ...suite,
    canonize: (input, options) => canonize(input, { ...options, contextResolver: unhurried(contextResolver) }),
  };
}

/** The first badge is a tenth of a second of work: between contexts whatever else its thread has to do comes first. */
function unhurried(resolver: ContextResolver): Pick<ContextResolver, 'resolve'> {
  return {
    async resolve(asked) {
      await nextTurn();
      return resolver.resolve(asked);
    },
  };
}
