import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

/** What a page hands to `navigator.credentials`, as far as an authenticator looks at it. */
export interface Options {
  challenge: string;
  rpId?: string;
  rp?: { id: string };
  user?: { id: string };
  allowCredentials?: { id: string }[];
}

/** What may be wrong with an answer. */
export interface Flaws {
  origin?: string;
  rpId?: string;
  type?: string;
  challenge?: string;
  counter?: number;
  userVerified?: boolean;
  userPresent?: boolean;
  crossOrigin?: boolean;
  userHandle?: string;
  id?: string;
  /** Changes the bytes that are signed over after signing. */
  forge?: boolean;
}

const b64 = (data: Uint8Array | string) => Buffer.from(data).toString('base64url');
const sha256 = (data: Uint8Array | string) => createHash('sha256').update(data).digest();
const uint32 = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};

/** CBOR (RFC 8949) of what an authenticator sends: integers, texts, bytes and maps. */
function cbor(value: unknown): Buffer {
  const head = (major: number, n: number): Buffer => {
    if (n < 24) return Buffer.of((major << 5) | n);
    if (n < 256) return Buffer.of((major << 5) | 24, n);
    return Buffer.of((major << 5) | 25, n >> 8, n & 255);
  };
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value);
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (value instanceof Uint8Array) return Buffer.concat([head(2, value.length), value]);
  if (value instanceof Map) {
    const parts = [...value].flatMap(([key, member]) => [cbor(key), cbor(member)]);
    return Buffer.concat([head(5, value.size), ...parts]);
  }
  throw new Error('no CBOR for that');
}

/** An authenticator in software: real keys and real signatures, and every way to be wrong. One credential. */
export class Authenticator {
  readonly id = b64(randomBytes(32));
  readonly #key: KeyObject;
  readonly #cose: Map<number, unknown>;
  readonly #algorithm: 'ES256' | 'EdDSA';
  readonly #origin: string;
  userHandle: string | undefined;
  counter = 0;

  constructor(origin: string, algorithm: 'ES256' | 'EdDSA' = 'ES256') {
    this.#origin = origin;
    this.#algorithm = algorithm;
    if (algorithm === 'ES256') {
      const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      const { x, y } = publicKey.export({ format: 'jwk' });
      this.#key = privateKey;
      this.#cose = new Map<number, unknown>([
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, Buffer.from(x!, 'base64url')],
        [-3, Buffer.from(y!, 'base64url')],
      ]);
    } else {
      const { privateKey, publicKey } = generateKeyPairSync('ed25519');
      const { x } = publicKey.export({ format: 'jwk' });
      this.#key = privateKey;
      this.#cose = new Map<number, unknown>([
        [1, 1],
        [3, -8],
        [-1, 6],
        [-2, Buffer.from(x!, 'base64url')],
      ]);
    }
  }

  #client(type: string, options: Options, flaws: Flaws): Buffer {
    const { challenge = options.challenge, origin = this.#origin, crossOrigin = false } = flaws;
    return Buffer.from(JSON.stringify({ type: flaws.type ?? type, challenge, origin, crossOrigin }));
  }

  #data(rpId: string, flaws: Flaws, attested?: Buffer): Buffer {
    const { userPresent = true, userVerified = true, counter = this.counter } = flaws;
    const flags = (userPresent ? 1 : 0) | (userVerified ? 4 : 0) | (attested ? 64 : 0);
    return Buffer.concat([sha256(flaws.rpId ?? rpId), Buffer.of(flags), uint32(counter), attested ?? Buffer.alloc(0)]);
  }

  /** RegistrationResponseJSON. @param statement another attestation than none */
  create(options: Options, flaws: Flaws = {}, statement?: { fmt: string; attStmt: Map<string, unknown> }) {
    this.userHandle = options.user!.id;
    const id = Buffer.from(this.id, 'base64url');
    const length = Buffer.of(id.length >> 8, id.length & 255);
    const attested = Buffer.concat([Buffer.alloc(16), length, id, cbor(this.#cose)]);
    const authData = this.#data(options.rp!.id, flaws, attested);
    const { fmt = 'none', attStmt = new Map() } = statement ?? {};
    const attestationObject = cbor(
      new Map<string, unknown>([
        ['fmt', fmt],
        ['attStmt', attStmt],
        ['authData', authData],
      ]),
    );
    const clientDataJSON = b64(this.#client('webauthn.create', options, flaws));
    const response = { clientDataJSON, attestationObject: b64(attestationObject), transports: ['internal'] };
    return { id: this.id, rawId: this.id, type: 'public-key', clientExtensionResults: {}, response };
  }

  /** AuthenticationResponseJSON; counts up unless a counter is given. */
  get(options: Options, flaws: Flaws = {}) {
    if (flaws.counter === undefined) this.counter++;
    const clientData = this.#client('webauthn.get', options, flaws);
    const authData = this.#data(options.rpId!, flaws);
    const signed = Buffer.concat([authData, sha256(clientData)]);
    const signature = sign(this.#algorithm === 'ES256' ? 'sha256' : null, signed, this.#key);
    if (flaws.forge) authData[32]! ^= 0x10;
    const { id = this.id, userHandle = this.userHandle } = flaws;
    const response = {
      ...{ clientDataJSON: b64(clientData), authenticatorData: b64(authData), signature: b64(signature) },
      ...(userHandle === undefined ? {} : { userHandle }),
    };
    return { id, rawId: id, type: 'public-key', clientExtensionResults: {}, response };
  }
}
