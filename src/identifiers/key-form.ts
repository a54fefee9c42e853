import { decode } from 'base58-universal';
import { isObject, type JsonObject, shown } from '#kernel';
import { encodeMultikey, type PublicKey, readPublicJwk, readPublicKey, WeakKeyError } from '#keystore';
import { type Failure, refused, unknown } from './outcome.ts';

/** A public key that was looked at, or why there is none. */
export type KeyForm = { outcome: 'ok'; key: PublicKey } | Failure;

type Form = 'publicKeyMultibase' | 'publicKeyJwk' | 'publicKeyBase58';

/** Which representation each type of verification method has; anything else is not read here. */
const FORMS: Record<string, { form: Form; only?: PublicKey['algorithm'] }> = {
  Multikey: { form: 'publicKeyMultibase' },
  JsonWebKey: { form: 'publicKeyJwk' },
  JsonWebKey2020: { form: 'publicKeyJwk' },
  Ed25519VerificationKey2020: { form: 'publicKeyMultibase', only: 'Ed25519' },
  Ed25519VerificationKey2018: { form: 'publicKeyBase58', only: 'Ed25519' },
};

const REPRESENTATIONS = ['publicKeyMultibase', 'publicKeyJwk', 'publicKeyBase58', 'publicKeyPem', 'publicKeyHex'];
const SECRETS = ['secretKeyMultibase', 'secretKeyJwk', 'privateKeyMultibase', 'privateKeyJwk', 'privateKeyBase58'];
/** RFC 7518 6.2.2, 6.3.2, 6.4.1; RFC 8037 2. */
const PRIVATE_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];

/** What `alg` of a JWK may say (RFC 7517 4.4) for signatures as they are verified here. */
const JOSE_NAMES: Record<PublicKey['algorithm'], readonly string[]> = {
  Ed25519: ['EdDSA', 'Ed25519'],
  'P-256': ['ES256'],
  'P-384': ['ES384'],
  RSA: ['RS256'],
};

/** Controlled Identifiers 1.0, 2.2: the key of a verification method. Type and representation are checked together. */
export function keyForm(method: Record<string, unknown>): KeyForm {
  if (SECRETS.some((name) => name in method)) return refused('private_key', 'the document publishes a private key');
  const jwk = method.publicKeyJwk;
  if (isObject(jwk) && hasPrivateMember(jwk)) return refused('private_key', 'the document publishes a private key');
  if (REPRESENTATIONS.filter((name) => name in method).length > 1) {
    return refused('method_malformed', 'the key has two representations');
  }
  const known = typeof method.type === 'string' && Object.hasOwn(FORMS, method.type) ? FORMS[method.type] : undefined;
  if (!known) return unsupported(`verification methods of type ${shown(method.type, 80)} are not read here`);
  if (!(known.form in method)) return refused('method_malformed', `the key has no ${known.form}`);
  const form = READERS[known.form](method[known.form]);
  if (form.outcome === 'ok' && known.only && form.key.algorithm !== known.only) {
    return refused('method_malformed', `the key is not of type ${shown(method.type, 80)}`);
  }
  return form;
}

const READERS: Record<Form, (value: unknown) => KeyForm> = {
  publicKeyMultibase: multibaseForm,
  publicKeyJwk: jwkForm,
  publicKeyBase58: base58Form,
};

export function hasPrivateMember(jwk: Record<string, unknown>): boolean {
  return PRIVATE_MEMBERS.some((name) => name in jwk);
}

/** Weak keys, and other spellings of a good one, are refused (KP-2); kinds that are not read are unknown. */
export function multibaseForm(text: unknown): KeyForm {
  if (typeof text !== 'string') return refused('method_malformed', 'publicKeyMultibase is not text');
  return reading(() => readPublicKey(text));
}

/** RFC 7517: a public key that may verify signatures. */
export function jwkForm(jwk: unknown): KeyForm {
  if (!isObject(jwk)) return refused('method_malformed', 'the JWK is not an object');
  if (hasPrivateMember(jwk)) return refused('private_key', 'the JWK holds a private key');
  const operations = jwk.key_ops ?? ['verify'];
  const verifies = Array.isArray(operations) && operations.includes('verify');
  if ((jwk.use ?? 'sig') !== 'sig' || !verifies) return refused('method_malformed', 'the key is not for signatures');
  const form = reading(() => readPublicJwk(jwk as JsonObject));
  if (form.outcome !== 'ok' || jwk.alg === undefined || JOSE_NAMES[form.key.algorithm].includes(jwk.alg as string)) {
    return form;
  }
  return unsupported(`the key is for ${shown(jwk.alg, 40)}, which is not read here`);
}

/** The 32 bytes alone, as `Ed25519VerificationKey2018` has them. */
function base58Form(text: unknown): KeyForm {
  const bytes = typeof text === 'string' && /^[1-9A-HJ-NP-Za-km-z]{32,44}$/.test(text) ? decode(text) : undefined;
  if (bytes?.length !== 32) return refused('method_malformed', 'publicKeyBase58 is not the 32 bytes of a key');
  return multibaseForm(encodeMultikey(bytes));
}

function reading(read: () => PublicKey): KeyForm {
  try {
    return { outcome: 'ok', key: read() };
  } catch (error) {
    if (!(error instanceof WeakKeyError)) throw error;
    if (error.code === 'unknown_kind') return unsupported(error.message);
    return refused(error.code === 'malformed' ? 'method_malformed' : 'weak_key', error.message);
  }
}

function unsupported(detail: string): Failure {
  return unknown('unsupported_key', detail);
}
