import { compactVerify, decodeJwt, importJWK } from 'jose';
import { expect } from 'vitest';
import type { JsonObject } from '#kernel';
import { readPublicKey } from '#keystore';
import { createContextLoader } from '#proofs';
import { libraryVerify } from '../../proofs/library.ts';
import type { TestService } from '../../support/service.ts';
import type { KeyForm, WalletKey } from './keys.ts';
import { SLUG } from './world.ts';

type Service = Pick<TestService, 'call' | 'publicUrl'>;
interface DidDocument {
  verificationMethod: { id: string; controller: string; publicKeyMultibase: string }[];
}

/**
 * Verified by software of others, with the key that the issuer's DID document names and the identifier of the holder inside:
 * a document by the reference library of Data Integrity, a token by a library of JOSE.
 */
export async function assertByOthers(
  service: Service,
  credential: unknown,
  format: string,
  holder: string,
): Promise<void> {
  const { body } = await service.call<DidDocument>('GET', `/institutions/${SLUG}/did.json`);
  const methodOf = (named: unknown) => body.verificationMethod.find(({ id }) => id === named)!;
  expect(subjectOf(credential, format)).toBe(holder);
  if (format === 'ldp_vc') {
    const document = credential as JsonObject;
    const method = methodOf((document.proof as JsonObject).verificationMethod);
    const phContext = (await service.call('GET', '/contexts/ph/v1-draft')).text;
    const loader = createContextLoader({ phContext, phContextUrl: `${service.publicUrl}/contexts/ph/v1-draft` });
    expect(await libraryVerify(loader, document, method, 'eddsa-rdfc-2022', new Date())).toBe(true);
    const other = { ...document, name: `${document.name} changed` };
    expect(await libraryVerify(loader, other, method, 'eddsa-rdfc-2022', new Date())).toBe(false);
    return;
  }
  const token = credential as string;
  const { kid, alg } = JSON.parse(Buffer.from(token.split('.')[0]!, 'base64url').toString()) as Record<string, string>;
  const key = await importJWK(readPublicKey(methodOf(kid).publicKeyMultibase).jwk as never, alg!);
  await compactVerify(token, key);
  const [header, , signature] = token.split('.');
  const claims = Buffer.from(JSON.stringify({ ...decodeJwt(token), name: 'changed' })).toString('base64url');
  await expect(compactVerify([header, claims, signature].join('.'), key)).rejects.toThrow();
}

/** The identifier of the holder, wherever the form has it. */
export function subjectOf(credential: unknown, format: string): string | undefined {
  if (format === 'ldp_vc') return ((credential as JsonObject).credentialSubject as { id: string }).id;
  const claims = decodeJwt(credential as string) as { sub?: string; credentialSubject?: { id: string } };
  return claims.credentialSubject?.id ?? claims.sub;
}

/** Of a bare key there is no identifier before the issuer has made one. */
export const holderOf = (key: WalletKey, form: KeyForm): string | undefined =>
  form === 'did:key' ? key.did.key : form === 'did:jwk' ? key.did.jwk : undefined;
