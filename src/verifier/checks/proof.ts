import type { Text } from '#kernel';
import type { KeyNote, ProofReport } from '#proofs';
import { type Check, check } from '../report.ts';

const FAILS: Record<string, Text> = {
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

/** A good signature with a key of which something is to be known; the first that applies. */
const DOUBTS: readonly { code: string; of(key: KeyNote): boolean; says(key: KeyNote): Text }[] = [
  {
    code: 'archived_document',
    of: (key) => key.archivedAt !== undefined,
    says: ({ archivedAt }) => ({
      en: `The signature fits, by a copy of the issuer’s keys of ${day(archivedAt)}, because its own address does not answer. What changed later is not known.`,
      fil: `Tugma ang lagda, ayon sa kopya ng mga susi ng nagkaloob noong ${day(archivedAt)}, dahil hindi sumasagot ang sarili nitong adres. Hindi alam kung may nagbago pagkatapos.`,
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
];

const day = (instant: string | undefined): string => instant?.slice(0, 10) ?? '';

/** Does at least one proof of the issuer cover the whole document. Nothing the document says is repeated unless so. */
export function checkProof(report: ProofReport): Check {
  const count = report.proofs.length;
  switch (report.outcome) {
    case 'pass': {
      const passing = report.proofs.filter((one) => one.outcome === 'pass');
      const doubtOf = (one: (typeof passing)[number] | undefined) => DOUBTS.find(({ of }) => of(one?.key ?? {}));
      const good = passing.find((one) => !doubtOf(one)) ?? passing[0];
      const message = {
        en: 'A signature of the issuer covers the whole document, and nothing was changed since.',
        fil: 'Saklaw ng lagda ng nagkaloob ang buong dokumento, at walang nabago mula noon.',
      };
      const evidence = {
        verificationMethod: good?.verificationMethod,
        cryptosuite: good?.cryptosuite,
        created: good?.created,
        ...(good?.key ? { key: good.key } : {}),
        proofs: report.proofs.map(({ outcome, code }) => ({ outcome, code })),
      };
      const doubt = doubtOf(good);
      if (doubt) return check('proof', 'warning', doubt.code, doubt.says(good?.key ?? {}), evidence);
      // One good proof suffices (OB 3.0, 8.2 step 2), but a bad one beside it is not passed over in silence.
      if (report.proofs.every((one) => one.outcome === 'pass')) {
        return check('proof', 'pass', report.code, message, evidence);
      }
      const warning = {
        en: 'A signature of the issuer covers the whole document; another signature on it does not hold or cannot be read.',
        fil: 'Saklaw ng lagda ng nagkaloob ang buong dokumento; may isa pang lagda rito na hindi wasto o hindi mabasa.',
      };
      return check('proof', 'warning', 'other_proof', warning, evidence);
    }
    case 'fail': {
      const message = FAILS[report.code] ?? {
        en: 'No valid signature of the issuer covers this document.',
        fil: 'Walang wastong lagda ng nagkaloob ang sumasaklaw sa dokumentong ito.',
      };
      return check('proof', 'fail', report.code, message, { proofs: count });
    }
    case 'unknown': {
      const unsupported = report.code.startsWith('unsupported');
      const message = unsupported
        ? {
            en: 'It is signed in a way this verifier does not know yet.',
            fil: 'Nilagdaan ito sa paraang hindi pa kilala ng tagapagpatunay na ito.',
          }
        : {
            en: 'The signature could not be checked, because the issuer’s key could not be had or the work was too much.',
            fil: 'Hindi nasuri ang lagda, dahil hindi nakuha ang susi ng nagkaloob o labis ang kailangang pagsusuri.',
          };
      return check('proof', 'unknown', report.code, message, { proofs: count });
    }
    default:
      throw new Error(`proof outcome: no case for ${String(report.outcome satisfies never)}`);
  }
}
