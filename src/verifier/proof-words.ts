import type { Text } from '#kernel';
import type { KeyNote, ProofResult } from '#proofs';

/** By code; any other failure has one general sentence. */
export const FAILS: Record<string, Text> = {
  no_proof: { en: 'Nobody has signed it.', fil: 'Walang lumagda rito.' },
  signature_invalid: {
    en: 'The signature does not fit: it was changed after signing, or signed by somebody else.',
    fil: 'Hindi tugma ang lagda: binago ito matapos lagdaan, o iba ang lumagda.',
  },
  method_not_issuer: {
    en: 'It is signed with a key that does not belong to the issuer it names.',
    fil: 'Nilagdaan ito gamit ang susing hindi pag-aari ng nagkaloob na binabanggit nito.',
  },
  key_revoked: {
    en: 'It is signed with a key the issuer has revoked.',
    fil: 'Nilagdaan ito gamit ang susing binawi na ng nagkaloob.',
  },
};

/** A good signature of which something is to be known; the first that applies. */
export const DOUBTS: readonly { code: string; of(one: KeyNote & ProofResult): boolean; says(key: KeyNote): Text }[] = [
  {
    code: 'archived_document',
    of: (key) => key.archivedAt !== undefined,
    says: ({ archivedAt }) => ({
      en: `The signature fits, by a copy of the issuer’s keys of ${day(archivedAt)}, because its own address does not answer. What changed later is not known.`,
      fil: `Tugma ang lagda, ayon sa kopya ng mga susi ng nagkaloob noong ${day(archivedAt)}, dahil hindi sumasagot ang sarili nitong address. Hindi alam kung may nagbago pagkatapos.`,
    }),
  },
  {
    code: 'key_revoked_later',
    of: (key) => key.revoked !== undefined,
    says: ({ revoked }) => ({
      en: `The signature fits, but the issuer no longer trusts this key since ${day(revoked)}. Whoever has it could write an earlier date: ask the issuer.`,
      fil: `Tugma ang lagda, ngunit mula ${day(revoked)} ay hindi na pinagkakatiwalaan ng nagkaloob ang susing ito. Maaaring magsulat ng mas maagang petsa ang may hawak nito: magtanong sa nagkaloob.`,
    }),
  },
  {
    code: 'key_address_only',
    of: (key) => key.provenance === 'address',
    says: () => ({
      en: 'The signature fits a key on the issuer’s web site, but the issuer does not list its keys anywhere.',
      fil: 'Tugma ang lagda sa isang susi sa website ng nagkaloob, ngunit walang talaan ng mga susi ang nagkaloob.',
    }),
  },
  {
    code: 'selective',
    of: (one) => one.selective === true,
    says: () => ({
      en: 'The signature of the issuer holds for what is shown. The holder may have hidden other parts, an end date or a status among them.',
      fil: 'Wasto ang lagda ng nagkaloob para sa ipinakita. Maaaring may itinago ang may hawak, pati petsa ng pagtatapos o katayuan.',
    }),
  },
  {
    code: 'legacy_suite',
    of: (one) => one.legacy === true,
    says: () => ({
      en: 'A signature of the issuer covers the whole document; it is of an older form that should no longer be used.',
      fil: 'Saklaw ng lagda ng nagkaloob ang buong dokumento; luma na ang anyo nito at hindi na dapat gamitin.',
    }),
  },
];

const day = (instant: string | undefined): string => instant?.slice(0, 10) ?? '';

/** A base proof of selective disclosure: neither good nor bad to a verifier. */
export const BASE_PROOF: Text = {
  en: 'This is the copy its holder keeps in order to show parts of it. Ask for a copy made to be shown.',
  fil: 'Ito ang kopyang itinatago ng may hawak upang makapagpakita ng bahagi nito. Humingi ng kopyang para ipakita.',
};
