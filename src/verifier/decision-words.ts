import type { Text } from '#kernel';
import type { DecisionFinding } from './decisions.ts';

const WORDS: Record<string, Text> = {
  in_force: {
    en: 'The decision is genuine and in force on the day of the evaluation.',
    fil: 'Tunay ang pasiya at may bisa sa araw ng pagtataya.',
  },
  not_yet_in_force: {
    en: 'The decision is genuine, but not yet in force on the day of the evaluation: it is not used.',
    fil: 'Tunay ang pasiya, ngunit wala pang bisa sa araw ng pagtataya: hindi ito ginamit.',
  },
  no_longer_in_force: {
    en: 'The decision is genuine, but no longer in force on the day of the evaluation: it is not used.',
    fil: 'Tunay ang pasiya, ngunit wala nang bisa sa araw ng pagtataya: hindi ito ginamit.',
  },
  not_accepted: {
    en: 'The decision is genuine, but this pathway does not accept it: it is not used.',
    fil: 'Tunay ang pasiya, ngunit hindi ito tinatanggap ng landas na ito: hindi ito ginamit.',
  },
  not_asked: {
    en: 'This pathway accepts no decisions: it was not looked at.',
    fil: 'Walang pasiyang tinatanggap ang landas na ito: hindi ito tiningnan.',
  },
  other_decider: {
    en: 'It is not signed by the body that it says decided: it is not used.',
    fil: 'Hindi ito nilagdaan ng institusyong sinasabing nagpasiya: hindi ito ginamit.',
  },
  method_not_issuer: {
    en: 'It is signed with a key that does not belong to the body that it says decided: it is not used.',
    fil: 'Nilagdaan ito gamit ang susing hindi pag-aari ng sinasabing nagpasiya: hindi ito ginamit.',
  },
  signature_invalid: {
    en: 'The signature does not fit: it was changed after signing, or signed by somebody else. It is not used.',
    fil: 'Hindi tugma ang lagda: binago ito matapos lagdaan, o iba ang lumagda. Hindi ito ginamit.',
  },
  not_a_decision: {
    en: 'What its address answers is not an equivalence decision: it is not used.',
    fil: 'Hindi pasiya ng pagkakatumbas ang isinagot ng address nito: hindi ito ginamit.',
  },
  other_address: {
    en: 'What its address answers is a decision of another address: it is not used.',
    fil: 'Pasiya ng ibang address ang isinagot ng address nito: hindi ito ginamit.',
  },
  no_address: {
    en: 'It is named without a web address, so it could not be looked up: it is not used.',
    fil: 'Binanggit ito nang walang address sa web, kaya hindi nahanap: hindi ito ginamit.',
  },
};

const OTHERS: Record<'invalid' | 'undetermined', Text> = {
  invalid: {
    en: 'The decision does not hold: it is not used.',
    fil: 'Hindi wasto ang pasiya: hindi ito ginamit.',
  },
  undetermined: {
    en: 'The decision could not be had or checked, so it is not used; what it says is not known.',
    fil: 'Hindi nakuha o hindi nasuri ang pasiya, kaya hindi ito ginamit; hindi alam ang sinasabi nito.',
  },
};

/** What was found out about one decision, in a sentence. */
export function decisionSentence({ verdict, code }: Pick<DecisionFinding, 'verdict' | 'code'>): Text {
  const words = Object.hasOwn(WORDS, code) ? WORDS[code] : undefined;
  return words ?? OTHERS[verdict === 'invalid' ? 'invalid' : 'undetermined'];
}
