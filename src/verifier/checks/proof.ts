import type { ProofReport } from '#proofs';
import { BASE_PROOF, DOUBTS, FAILS } from '../proof-words.ts';
import { type Check, check } from '../report.ts';

/** Does at least one proof of the issuer cover the whole document. Nothing the document says is repeated unless so. */
export function checkProof(report: ProofReport): Check {
  const count = report.proofs.length;
  switch (report.outcome) {
    case 'pass': {
      const passing = report.proofs.filter((one) => one.outcome === 'pass');
      const doubtOf = (one: (typeof passing)[number] | undefined) =>
        one && DOUBTS.find(({ of }) => of({ ...one, ...one.key }));
      const good = passing.find((one) => !doubtOf(one)) ?? passing[0];
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
