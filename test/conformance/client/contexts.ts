import { contexts as credentials } from '@digitalbazaar/credentials-context';
import integrity from '@digitalbazaar/data-integrity-context';
import multikey from '@digitalbazaar/multikey-context';
import type { Doc } from './client.ts';

export const V2 = 'https://www.w3.org/ns/credentials/v2';
/** A term of its own, so that nothing in the samples is undefined. */
export const TERM = { favouriteColour: 'https://specimen.example/terms#favouriteColour' };

const documents = new Map<string, unknown>([...credentials, ...integrity.contexts, ...multikey.contexts]);

/** Reads contexts from packages, keys from `did:key` themselves, and those of the service from the service. */
export function createLoader(base: string) {
  return async (url: string) => {
    const document = documents.get(url) ?? (await methodOf(url, base));
    if (!document) throw new Error(`nothing known at ${url}`);
    return { contextUrl: null, documentUrl: url, document };
  };
}

const CONTEXT = 'https://w3id.org/security/multikey/v1';

async function methodOf(url: string, base: string): Promise<Doc | undefined> {
  const [did = '', fragment] = url.split('#');
  const document = did.startsWith('did:key:') ? keyDocument(did) : await webDocument(did, base);
  if (!document || fragment === undefined) return document;
  const method = document.verificationMethod.find(({ id }: Doc) => id === url);
  return method && { '@context': CONTEXT, ...method };
}

function keyDocument(did: string): Doc {
  const publicKeyMultibase = did.slice('did:key:'.length);
  const id = `${did}#${publicKeyMultibase}`;
  return {
    '@context': ['https://www.w3.org/ns/did/v1', CONTEXT],
    id: did,
    verificationMethod: [{ id, type: 'Multikey', controller: did, publicKeyMultibase }],
    ...{ assertionMethod: [id], authentication: [id] },
  };
}

/** `did:web` of this service; by its own address, whatever certificate it has. */
async function webDocument(did: string, base: string): Promise<Doc | undefined> {
  const path = /^did:web:[^:]+:(.+)$/.exec(did)?.[1];
  if (!path) return undefined;
  const response = await fetch(`${base}/${path.replaceAll(':', '/')}/did.json`);
  return response.ok ? ((await response.json()) as Doc) : undefined;
}
