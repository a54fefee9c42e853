import { computerSystemsServicingNcII, graduateCertificateInDistanceEducation } from '#pathways';
import { CSS_CORE, EDDE_CORE } from './definitions.ts';

/** The real rules over the specimen definitions; `urls` in the order of the codes. */
export function nationalCertificatePathway(urls: readonly string[]): object {
  const byCode = Object.fromEntries(CSS_CORE.map(({ code }, index) => [code, urls[index]!]));
  return {
    name: 'SPECIMEN Computer Systems Servicing NC II',
    description: 'The national certificate from its four certificates of competency.',
    stackingRule: computerSystemsServicingNcII(byCode),
  };
}

export function certificatePathway(urls: readonly string[], electiveUrl: string): object {
  const byCode = Object.fromEntries(EDDE_CORE.map((code, index) => [code, urls[index]!]));
  return {
    name: 'SPECIMEN Graduate Certificate in Distance Education',
    description: 'Eighteen units: five core courses and one elective, which another provider may award.',
    stackingRule: graduateCertificateInDistanceEducation(byCode, [
      { achievement: electiveUrl, title: 'SPECIMEN Learning Analytics Practice' },
    ]),
  };
}
