import type { Text } from '#kernel';
import { type Cited, cite } from './cited.ts';

export interface CreditSystem extends Cited {
  /** Value of the term `system` of a `PhCredit`. */
  id: string;
  label: Text;
  /** What one is. Never a factor for conversion: between systems only a recorded decision converts (S16). */
  unit: Text;
}

export const CREDIT_SYSTEMS: readonly CreditSystem[] = [
  {
    id: 'HE-UNIT-18',
    label: { en: 'Academic unit (CHED norm)', fil: 'Yunit-akademiko (pamantayan ng CHED)' },
    unit: {
      en: 'At least 18 hours of lecture, or 54 of laboratory, in a semester.',
      fil: 'Hindi bababa sa 18 oras ng lektura, o 54 na oras sa laboratoryo, sa isang semestre.',
    },
    ...cite('V', 'S19'),
  },
  {
    id: 'HE-UNIT-16',
    label: { en: 'Academic unit (norm of the UP System)', fil: 'Yunit-akademiko (pamantayan ng UP System)' },
    unit: {
      en: 'At least 16 hours of lecture, or 32 of laboratory or field work.',
      fil: 'Hindi bababa sa 16 na oras ng lektura, o 32 oras sa laboratoryo o sa larang.',
    },
    ...cite('V', 'S19'),
  },
  {
    id: 'TESDA-HOUR',
    label: { en: 'TESDA nominal hour', fil: 'Nominal na oras ng TESDA' },
    unit: {
      en: 'One nominal training hour of a unit of competency.',
      fil: 'Isang nominal na oras ng pagsasanay sa isang yunit ng kakayahan.',
    },
    ...cite('V', 'S34', 'S39'),
  },
  {
    id: 'PRC-CPD-CU',
    label: { en: 'CPD credit unit', fil: 'Yunit ng kredito sa CPD' },
    unit: {
      en: 'As the council of one profession grants it; counts for that profession.',
      fil: 'Ayon sa ipinagkaloob ng konseho ng isang propesyon; sa propesyong iyon lamang binibilang.',
    },
    ...cite('V', 'S20', 'S46'),
  },
  {
    id: 'ECTS',
    label: { en: 'ECTS credit (Europe)', fil: 'Kreditong ECTS (Europa)' },
    unit: { en: 'Notional workload of the learner.', fil: 'Tinatayang bigat ng gawain ng mag-aaral.' },
    ...cite('V', 'S55'),
  },
  {
    id: 'NZ-CREDIT',
    label: { en: 'New Zealand credit', fil: 'Kredito ng New Zealand' },
    unit: { en: 'Ten notional hours.', fil: 'Sampung tinatayang oras.' },
    ...cite('V', 'S60'),
  },
  {
    id: 'NONE',
    label: { en: 'No credit system', fil: 'Walang sistema ng kredito' },
    unit: {
      en: 'A size that no system recognises; it is never added up.',
      fil: 'Sukat na hindi kinikilala ng alinmang sistema; hindi ito isinasama sa anumang kabuuan.',
    },
    ...cite('G'),
  },
];
