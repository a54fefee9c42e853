import type { AccountRecord, PasskeyRecord } from './ports.ts';

type Library = typeof import('@simplewebauthn/server');
export type AttestationJson = Parameters<Library['verifyRegistrationResponse']>[0]['response'];
export type AssertionJson = Parameters<Library['verifyAuthenticationResponse']>[0]['response'];

/** The protocol of Web Authentication level 3, for one relying party; user verification is always required. */
export interface WebAuthn {
  creation(of: { challenge: Uint8Array; account: AccountRecord; passkeys: PasskeyRecord[] }): Promise<object>;
  request(of: { challenge: Uint8Array; passkeys: PasskeyRecord[] }): Promise<object>;
  /** undefined when it is not a new credential for that challenge, made here. */
  verifyNew(
    response: AttestationJson,
    challenge: string,
  ): Promise<Pick<PasskeyRecord, 'credentialId' | 'publicKey' | 'counter' | 'transports'> | undefined>;
  /** @returns the new counter; undefined when it is not an answer of that passkey to that challenge, made here */
  verifyUse(response: AssertionJson, challenge: string, passkey: PasskeyRecord): Promise<number | undefined>;
}

/** COSE: EdDSA, ES256, RS256. */
const ALGORITHMS = [-8, -7, -257];
const TRANSPORTS = new Set(['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb']);

/** @param publicUrl its host is the relying party, its origin the only one that answers are taken from */
export function createWebAuthn(publicUrl: string): WebAuthn {
  const { hostname: rpID, origin } = new URL(publicUrl);
  const expected = { expectedOrigin: origin, expectedRPID: rpID, requireUserVerification: true };
  const load = (): Promise<Library> => import('@simplewebauthn/server');
  const named = (passkeys: PasskeyRecord[]) =>
    passkeys.map(({ credentialId: id, transports }) => ({ id, ...(transports ? { transports } : {}) }));
  const bytes = (data: Uint8Array | string) =>
    new Uint8Array(typeof data === 'string' ? Buffer.from(data, 'base64url') : data);

  return {
    async creation({ challenge, account, passkeys }) {
      return (await load()).generateRegistrationOptions({
        ...{ rpName: 'Tatak', rpID, challenge: bytes(challenge), attestationType: 'none' },
        ...{
          userName: account.email,
          userID: bytes(Buffer.from(account.accountId)),
          supportedAlgorithmIDs: ALGORITHMS,
        },
        excludeCredentials: named(passkeys),
        authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
      });
    },

    async request({ challenge, passkeys }) {
      const options = { rpID, challenge: bytes(challenge), userVerification: 'required' as const };
      return (await load()).generateAuthenticationOptions({ ...options, allowCredentials: named(passkeys) });
    },

    async verifyNew(response, challenge) {
      const [{ verifyRegistrationResponse }, { decodeAttestationObject, isoBase64URL }] = await Promise.all([
        load(),
        import('@simplewebauthn/server/helpers'),
      ]);
      try {
        const attestation = decodeAttestationObject(isoBase64URL.toBuffer(response.response.attestationObject));
        // None was asked for, and checking a chain of certificates would fetch what a stranger names in it.
        if (attestation.get('fmt') !== 'none' && attestation.get('attStmt').get('x5c') !== undefined) return undefined;
        if (!['none', 'packed'].includes(attestation.get('fmt'))) return undefined;
        const asked = { ...expected, expectedChallenge: challenge, supportedAlgorithmIDs: ALGORITHMS };
        const { verified, registrationInfo } = await verifyRegistrationResponse({ response, ...asked });
        if (!verified || !registrationInfo.userVerified) return undefined;
        const { id, publicKey, counter } = registrationInfo.credential;
        const transports = (response.response.transports ?? []).filter((one) => TRANSPORTS.has(one));
        const text = Buffer.from(publicKey).toString('base64url');
        return { credentialId: id, publicKey: text, counter, ...(transports.length > 0 ? { transports } : {}) };
      } catch {
        // The library throws for everything that is wrong with a stranger's bytes.
        return undefined;
      }
    },

    async verifyUse(response, challenge, { credentialId, accountId, publicKey, counter }) {
      const { verifyAuthenticationResponse } = await load();
      try {
        const { userHandle } = response.response;
        if (userHandle !== undefined && Buffer.from(userHandle, 'base64url').toString() !== accountId) return undefined;
        const credential = { id: credentialId, publicKey: bytes(publicKey), counter };
        const asked = { ...expected, expectedChallenge: challenge };
        const { verified, authenticationInfo } = await verifyAuthenticationResponse({ response, ...asked, credential });
        return verified && authenticationInfo.userVerified ? authenticationInfo.newCounter : undefined;
      } catch {
        return undefined;
      }
    },
  };
}
