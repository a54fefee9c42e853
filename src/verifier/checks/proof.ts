import type { Text } from '#kernel';
import type { ProofReport } from '#proofs';
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

/** What is true of a signature that holds, and has to be said. */
const REMARKS = {
  selective: {
    en: 'The signature of the issuer holds for what is shown. The holder may have hidden other parts, an end date or a status among them.',
    fil: 'Wasto ang lagda ng nagkaloob para sa ipinakita. Maaaring may itinago ang may hawak, pati petsa ng pagtatapos o katayuan.',
  },
  legacy: {
    en: 'A signature of the issuer covers the whole document; it is of an older form that should no longer be used.',
    fil: 'Saklaw ng lagda ng nagkaloob ang buong dokumento; luma na ang anyo nito at hindi na dapat gamitin.',
  },
} satisfies Record<string, Text>;

const BASE_PROOF: Text = {
  en: 'This is the copy its holder keeps in order to show parts of it. Ask for a copy made to be shown.',
  fil: 'Ito ang kopyang itinatago ng may hawak upang makapagpakita ng bahagi nito. Humingi ng kopyang para ipakita.',
};

/** Does at least one proof of the issuer cover the whole document. Nothing the document says is repeated unless so. */
export function checkProof(report: ProofReport): Check {
  const count = report.proofs.length;
  switch (report.outcome) {
    case 'pass': {
      const holding = report.proofs.filter((one) => one.outcome === 'pass');
      // One of several that needs no remark speaks for them.
      const good = holding.find((one) => !one.legacy && !one.selective) ?? holding[0];
      const message = {
        en: 'A signature of the issuer covers the whole document, and nothing was changed since.',
        fil: 'Saklaw ng lagda ng nagkaloob ang buong dokumento, at walang nabago mula noon.',
      };
      const evidence = {
        verificationMethod: good?.verificationMethod,
        cryptosuite: good?.cryptosuite,
        created: good?.created,
        ...(good?.legacy && { legacy: true }),
        ...(good?.selective && { selective: true }),
        proofs: report.proofs.map(({ outcome, code }) => ({ outcome, code })),
      };
      if (good?.selective) return check('proof', 'warning', 'selective', REMARKS.selective, evidence);
      if (good?.legacy) return check('proof', 'warning', 'legacy_suite', REMARKS.legacy, evidence);
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
      if (report.code === 'base_proof') return check('proof', 'unknown', report.code, BASE_PROOF, { proofs: count });
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
