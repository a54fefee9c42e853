import { generateKeyPairSync, sign as nodeSign } from 'node:crypto';
import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import * as vc from '@digitalbazaar/vc';
import { createContextLoader } from '#proofs';
import type { TestService } from '../../support/service.ts';

type Document = Record<string, unknown> & { proof?: unknown };
interface Context {
  context: object;
  contextUrl: string;
}

function loaderOf({ context, contextUrl }: Context, more: Map<string, object> = new Map()) {
  const pinned = createContextLoader({ phContext: JSON.stringify(context), phContextUrl: contextUrl });
  return async (url: string) => {
    const document = more.get(url);
    return document ? { contextUrl: null, documentUrl: url, document } : pinned.documentLoader(url);
  };
}

/** `issue` of @digitalbazaar/vc over the same unsigned document, with a native Ed25519 signer. */
export async function referenceIssue(sample: Document, context: Context): Promise<() => Promise<void>> {
  const { proof: _, ...credential } = sample;
  const { privateKey } = generateKeyPairSync('ed25519');
  const issuer = (credential.issuer as { id: string }).id;
  const signer = {
    id: `${issuer}#key-1-assertion`,
    algorithm: 'Ed25519',
    sign: async ({ data }: { data: Uint8Array }) => nodeSign(null, data, privateKey),
  };
  const documentLoader = loaderOf(context);
  return async () => {
    const suite = new DataIntegrityProof({ signer, cryptosuite } as never);
    await vc.issue({ credential: structuredClone(credential), suite, documentLoader } as never);
  };
}

/** `verifyCredential` of @digitalbazaar/vc with every document at hand; no status check. */
export async function referenceVerify(
  sample: Document,
  context: Context,
  service: TestService,
): Promise<() => Promise<void>> {
  const issuer = (sample.issuer as { id: string }).id;
  const slug = issuer.split(':').at(-1)!;
  const { body: did } = await service.call<{ verificationMethod: { id: string }[] }>(
    'GET',
    `/institutions/${slug}/did.json`,
  );
  const documents = new Map<string, object>([[issuer, did]]);
  for (const method of did.verificationMethod) {
    documents.set(method.id, { '@context': 'https://w3id.org/security/multikey/v1', ...method });
  }
  const documentLoader = loaderOf(context, documents);
  return async () => {
    const suite = new DataIntegrityProof({ cryptosuite } as never);
    const result = await vc.verifyCredential({
      credential: structuredClone(sample),
      suite,
      documentLoader,
      checkStatus: async () => ({ verified: true }),
    } as never);
    if (!result.verified) throw new Error(`the reference refuses it: ${JSON.stringify(result.error)}`);
  };
}
