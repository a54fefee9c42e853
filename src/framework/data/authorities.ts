import type { Text } from '#kernel';
import { type Cited, cite } from './cited.ts';

export interface Authority extends Cited {
  id: string;
  /** Short name, as the sources use it. */
  name: Text;
  mayRecognise: Text;
  /** The act or paper that shows it. */
  act: Text;
  cannot: Text;
}

/** Who may recognise what. Listing, approving, accrediting and endorsing are four acts; the last is never one of the others. */
export const AUTHORITIES: readonly Authority[] = [
  {
    id: 'PQF-NCC',
    name: same('PQF-NCC'),
    mayRecognise: { en: 'Levels; entries in the register PhQuaR.', fil: 'Mga antas; mga lahok sa rehistrong PhQuaR.' },
    act: { en: 'Resolution; register entry.', fil: 'Resolusyon; lahok sa rehistro.' },
    cannot: { en: 'Accredit an issuer.', fil: 'Mag-akredita ng nagkakaloob.' },
    ...cite('V', 'S10', 'S13'),
  },
  {
    id: 'CHED',
    name: same('CHED'),
    mayRecognise: {
      en: 'Programmes and micro-credentials of higher education institutions, deputation under ETEEAP, status grants; level 5 (higher education) to 8.',
      fil: 'Mga programa at micro-credential ng mga institusyon ng mataas na edukasyon, pagtatalaga sa ilalim ng ETEEAP, mga katayuang ipinagkakaloob; antas 5 (mataas na edukasyon) hanggang 8.',
    },
    act: {
      en: 'Government recognition, COPC, deputation, autonomous status, record of approval.',
      fil: 'Pagkilala ng pamahalaan, COPC, pagtatalaga, katayuang awtonomo, talâ ng pag-apruba.',
    },
    cannot: { en: 'NC and COC.', fil: 'NC at COC.' },
    ...cite('V', 'S6', 'S17', 'S21'),
  },
  {
    id: 'TESDA',
    name: same('TESDA'),
    mayRecognise: {
      en: 'Programmes and TVET micro-credentials, assessment centres, assessors; itself issues NC and COC; level 1 to 5.',
      fil: 'Mga programa at micro-credential sa TVET, mga sentro ng pagtatasa, mga tagatasa; ito mismo ang nagkakaloob ng NC at COC; antas 1 hanggang 5.',
    },
    act: {
      en: 'CoPR; accreditation of centre and assessor; board resolution of a training regulation.',
      fil: 'CoPR; akreditasyon ng sentro at tagatasa; resolusyon ng lupon para sa training regulation.',
    },
    cannot: { en: 'Degrees.', fil: 'Mga digri.' },
    ...cite('V', 'S33', 'S34', 'S35'),
  },
  {
    id: 'PRC',
    name: { en: 'PRC with the CPD councils', fil: 'PRC kasama ang mga konseho ng CPD' },
    mayRecognise: {
      en: 'CPD providers; CPD programmes for each profession, with units.',
      fil: 'Mga tagapaghatid ng CPD; mga programang CPD para sa bawat propesyon, kasama ang yunit.',
    },
    act: { en: 'Two accreditation certificates.', fil: 'Dalawang sertipiko ng akreditasyon.' },
    cannot: { en: 'A level of the PQF.', fil: 'Antas sa PQF.' },
    ...cite('V', 'S20', 'S46'),
  },
  {
    id: 'DepEd',
    name: same('DepEd'),
    mayRecognise: { en: 'Junior and senior high school.', fil: 'Junior at senior high school.' },
    act: { en: 'Orders.', fil: 'Mga kautusan.' },
    cannot: { en: 'Nothing stated.', fil: 'Walang nakasaad.' },
    ...cite('V', 'S10'),
  },
  {
    id: 'MARINA-CAAP',
    name: { en: 'MARINA, CAAP', fil: 'MARINA, CAAP' },
    mayRecognise: {
      en: 'Certificates of their sectors in PhQuaR.',
      fil: 'Mga sertipiko ng kani-kanilang sektor sa PhQuaR.',
    },
    act: { en: 'STCW circular; PCAR.', fil: 'Sirkular sa STCW; PCAR.' },
    cannot: { en: 'Nothing stated.', fil: 'Walang nakasaad.' },
    ...cite('V', 'S13'),
  },
  {
    id: 'Chartered',
    name: {
      en: 'University of the Philippines and other chartered bodies',
      fil: 'Unibersidad ng Pilipinas at iba pang may karta',
    },
    mayRecognise: { en: 'Own awards by charter.', fil: 'Sariling mga gawad ayon sa karta.' },
    act: { en: 'Charter, board resolution.', fil: 'Karta, resolusyon ng lupon.' },
    cannot: { en: 'Others’ awards.', fil: 'Mga gawad ng iba.' },
    ...cite('V', 'S21', 'S29'),
  },
  {
    id: 'FAAP',
    name: { en: 'Agencies under FAAP', fil: 'Mga ahensiya sa ilalim ng FAAP' },
    mayRecognise: {
      en: 'Voluntary levels of programmes and institutions.',
      fil: 'Mga kusang-loob na antas ng programa at institusyon.',
    },
    act: { en: 'Certificate with level and end date.', fil: 'Sertipikong may antas at petsa ng katapusan.' },
    cannot: { en: 'Grant legal authority.', fil: 'Magkaloob ng kapangyarihang legal.' },
    ...cite('V', 'S22'),
  },
  {
    id: 'Endorsers',
    name: {
      en: 'DTI, DICT, DAP, industry boards, IBPAP',
      fil: 'DTI, DICT, DAP, mga lupon ng industriya, IBPAP',
    },
    mayRecognise: {
      en: 'Endorse alignment with the Philippine Skills Framework; name assessors or evidence.',
      fil: 'Pag-endorso ng pagkakahanay sa Philippine Skills Framework; pagtukoy ng mga tagatasa o katibayan.',
    },
    act: { en: 'Endorsement.', fil: 'Pag-endorso.' },
    cannot: { en: 'Confer an award of the PQF.', fil: 'Maggawad ng nasa PQF.' },
    ...cite('V', 'S1', 'S48', 'S49'),
  },
  {
    id: 'Consortium',
    name: { en: 'Consortium (proposed)', fil: 'Konsorsiyo (iminumungkahi)' },
    mayRecognise: {
      en: 'List recognised issuers; keep the register; publish equivalences it is asked to record.',
      fil: 'Paglilista ng mga kinikilalang nagkakaloob; pag-iingat ng rehistro; paglalathala ng mga katumbas na ipinatatala rito.',
    },
    act: { en: 'Register entry.', fil: 'Lahok sa rehistro.' },
    cannot: {
      en: 'Accredit, until a law or joint circular says so.',
      fil: 'Mag-akredita, hangga’t walang batas o magkasanib na sirkular na nagsasabi nito.',
    },
    ...cite('U', 'S3'),
  },
];

function same(text: string): Text {
  return { en: text, fil: text };
}
