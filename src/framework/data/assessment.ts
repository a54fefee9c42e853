import type { Text } from '#kernel';
import { type Cited, cite } from './cited.ts';

/** One value of an enumeration of the context, with its labels. */
export interface NamedValue extends Cited {
  id: string;
  label: Text;
}

/** Values of `assessmentType`. */
export const ASSESSMENT_TYPES: readonly NamedValue[] = [
  value('WrittenExam', 'Written examination', 'Pasulat na pagsusulit', cite('V', 'S35', 'S55')),
  value('OralExam', 'Oral examination', 'Pasalitang pagsusulit', cite('V', 'S55')),
  value('PracticalDemonstration', 'Practical demonstration', 'Pagpapakita ng kasanayan', cite('V', 'S35')),
  value('Portfolio', 'Portfolio', 'Portfolio', cite('V', 'S55')),
  value('Project', 'Project', 'Proyekto', cite('V', 'S55')),
  value('WorkplaceObservation', 'Observation at work', 'Pagmamasid sa trabaho', cite('V', 'S35')),
  value('Interview', 'Interview', 'Panayam', cite('V', 'S35')),
  value('RPL', 'Recognition of prior learning', 'Pagkilala sa naunang pagkatuto', cite('V', 'S16')),
  value('AttendanceOnly', 'Attendance only', 'Pagdalo lamang', cite('V', 'S46')),
];

/** Values of `supervisionType`: who watched, and whether identity was checked. */
export const SUPERVISION_TYPES: readonly NamedValue[] = [
  value('UnsupervisedNoId', 'Unsupervised, identity not checked', 'Walang bantay, hindi tiniyak ang katauhan', s71()),
  value('SupervisedNoId', 'Supervised, identity not checked', 'May bantay, hindi tiniyak ang katauhan', s71()),
  value(
    'SupervisedOnline',
    'Supervised online with identity check',
    'May bantay online at tiniyak ang katauhan',
    s71(),
  ),
  value('OnsiteWithId', 'On site with identity check', 'Harapan at tiniyak ang katauhan', s71()),
];

/** Values of `participationMode`. */
export const PARTICIPATION_MODES: readonly NamedValue[] = [
  value('OnSite', 'On site', 'Harapan', cite('V', 'S55', 'S71')),
  value('Online', 'Online', 'Online', cite('V', 'S55', 'S71')),
  value('Blended', 'Blended', 'Magkahalong harapan at online', cite('V', 'S55', 'S71')),
  value('DistanceModular', 'Distance, by modules', 'Malayuan, sa pamamagitan ng mga modyul', cite('V', 'S19', 'S24')),
  value('WorkBased', 'Work-based', 'Sa mismong trabaho', cite('V', 'S41')),
  value('RplOnly', 'Prior learning only', 'Naunang pagkatuto lamang', cite('V', 'S16')),
];

/** Values of `qualityAssuranceType`. */
export const QUALITY_ASSURANCE_TYPES: readonly NamedValue[] = [
  value('RegulatorApproved', 'Approved by the regulator', 'Aprobado ng regulador', cite('V', 'S6', 'S21')),
  value('RegisteredProgramme', 'Registered programme', 'Rehistradong programa', cite('V', 'S33')),
  value('InstitutionalQA', 'Institution’s own', 'Sariling pagtitiyak ng institusyon', cite('V', 'S59')),
  value('CpdCouncilAccredited', 'Accredited by a CPD council', 'Akreditado ng konseho ng CPD', cite('V', 'S46')),
  value('VoluntaryAccreditor', 'Voluntary accreditor', 'Kusang-loob na akreditasyon', cite('V', 'S22')),
  value('IndustryEndorsed', 'Endorsed by industry', 'Inendorso ng industriya', cite('V', 'S48', 'S49')),
  value('SelfDeclared', 'Self-declared', 'Sariling pahayag', cite('V', 'S59')),
];

/** Values of `microcredentialForm`. The last five stand in a consultation draft of 2024; the final text was not seen. */
export const MICROCREDENTIAL_FORMS: readonly NamedValue[] = [
  value('SingleUnit', 'One unit of competency', 'Isang yunit ng kakayahan', cite('V', 'S31')),
  value('UnitCluster', 'Cluster of units', 'Pangkat ng mga yunit', cite('V', 'S31')),
  value('FullStandard', 'Whole competency standard', 'Buong pamantayan ng kakayahan', cite('V', 'S31')),
  value('BundledProgrammes', 'Bundle of programmes', 'Pinagsamang mga programa', cite('V', 'S31')),
  value('ForCredit', 'For credit', 'May kredito', cite('U', 'S9')),
  value('CurriculumEmbedded', 'Embedded in a curriculum', 'Nakapaloob sa kurikulum', cite('U', 'S9')),
  value('NonCredit', 'Without credit', 'Walang kredito', cite('U', 'S9')),
  value('IndustryCertified', 'Certified by industry', 'Sertipikado ng industriya', cite('U', 'S9')),
  value('SkillsBased', 'Skills-based', 'Batay sa kasanayan', cite('U', 'S9')),
];

function value(id: string, en: string, fil: string, cited: Cited): NamedValue {
  return { id, label: { en, fil }, ...cited };
}

/** The four values and their order are those of the Dutch edubadges. */
function s71(): Cited {
  return cite('V', 'S55', 'S71');
}
