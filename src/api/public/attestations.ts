import { qrCodeSvg } from '#documents';
import type { ApiDeps } from '../deps.ts';
import type { Handlers } from '../http/operation.ts';
import { publish } from '../http/publish.ts';

/** The printed code of a badge: as text, and drawn. A revoked badge has one too, and it says so. */
export function publicAttestations({ attestations }: ApiDeps): Handlers<'getAttestation' | 'getAttestationCode'> {
  const idOf = (request: { params: unknown }) => (request.params as { credentialId: string }).credentialId;
  return {
    async getAttestation(request, reply) {
      const body = await attestations.text(idOf(request));
      return publish(request, reply, { body, type: 'text/plain', cache: 'fresh' });
    },

    async getAttestationCode(request, reply) {
      const body = await qrCodeSvg(await attestations.text(idOf(request)));
      return publish(request, reply, { body, type: 'image/svg+xml', cache: 'fresh' });
    },
  };
}
