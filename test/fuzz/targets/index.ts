import type { Target } from '../target.ts';

/** Each parser by name; loaded when asked for, because some make keys and documents first. */
export const TARGETS: Record<string, () => Promise<Target>> = {
  json: async () => (await import('./json.ts')).json,
  bitstring: async () => (await import('./bitstring.ts')).bitstring,
  multikey: async () => (await import('./keys.ts')).multikey,
  jwk: async () => (await import('./keys.ts')).jwk,
  did: async () => (await import('./identifiers.ts')).did,
  'did-document': async () => (await import('./did-document.ts')).didDocument,
  png: async () => (await import('./images.ts')).png,
  svg: async () => (await import('./images.ts')).svg,
  note: async () => (await import('./note.ts')).note,
  csv: async () => (await import('./csv.ts')).csv,
  texts: async () => (await import('./texts.ts')).texts,
  context: async () => (await import('./context.ts')).context,
  jwt: async () => (await import('./jwt.ts')).jwt,
  'unbake-png': async () => (await import('./unbake.ts')).unbakePng,
  'unbake-svg': async () => (await import('./unbake.ts')).unbakeSvg,
  html: async () => (await import('./html.ts')).html,
  cbor: async () => (await import('./selective.ts')).cborTarget,
  selective: async () => (await import('./selective.ts')).selective,
  conformity: async () => (await import('./conformity.ts')).conformity,
  envelope: async () => (await import('./conformity.ts')).envelope,
  'looked-up': async () => (await import('./credential.ts')).lookedUp,
  attestation: async () => (await import('./attestation.ts')).attestation,
  credential: async () => (await import('./credential.ts')).credential,
};
