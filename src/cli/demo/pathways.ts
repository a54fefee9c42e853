import { computerSystemsServicingNcII, graduateCertificateInDistanceEducation } from '#pathways';
import { CSS_CORE, EDDE_CORE } from './definitions.ts';

/** The real rules over the specimen definitions; `urls` in the order of the codes. */
export function nationalCertificatePathway(urls: readonly string[]): object {
  const achievements = Object.fromEntries(CSS_CORE.map(({ code }, index) => [code, urls[index]!]));
  return {
    name: 'SPECIMEN Computer Systems Servicing NC II',
    description: 'The national certificate from its four certificates of competency.',
    // Version 1 of each definition is that of the regulation of December 2013.
    stackingRule: computerSystemsServicingNcII({ achievements, versions: ['1'] }),
  };
}

export function certificatePathway(urls: readonly string[], electiveUrl: string): object {
  const courses = Object.fromEntries(EDDE_CORE.map((code, index) => [code, urls[index]!]));
  return {
    name: 'SPECIMEN Graduate Certificate in Distance Education',
    description: 'Eighteen units: five core courses and one elective, which another provider may award.',
    stackingRule: graduateCertificateInDistanceEducation({ courses, electives: [electiveUrl] }),
  };
}
