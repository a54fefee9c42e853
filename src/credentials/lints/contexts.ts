import { isSameJson } from '#kernel';
import { CREDENTIALS_V2, OPEN_BADGES_EXTENSIONS } from '#proofs';
import { badgeContexts } from '../model/build.ts';
import { everyNode } from './every-node.ts';
import type { LintRule } from './rule.ts';
import { faults, isOfEndorsement } from './walk.ts';

const fault = faults('contexts');

const keywords = everyNode(({ pointer, key }) => {
  if (!key.startsWith('@') || pointer === '/@context' || pointer.startsWith('/@context/')) return undefined;
  return isOfEndorsement(pointer, '@context') ? undefined : fault(pointer, `the keyword ${key} is not allowed here`);
});

/** Another context, or the same in another order, can give other statements for the same text. */
export const contexts: LintRule = {
  id: 'contexts',
  source: 'VC Data Model 2.0 section 4.3; Open Badges 3.0.3 context list; only addresses, no inline objects',
  effective: '2026-01-01',
  check(document, context) {
    const wanted = badgeContexts(context.publicUrl, context.achievement);
    const others = keywords(document);
    if (isSameJson(document['@context'], wanted)) return others;
    return [fault('/@context', `must be exactly ${JSON.stringify(wanted)}`), ...others];
  },
  examples: {
    pass: [
      (d) => {
        d.credentialSubject.achievement.endorsement = [{ '@context': [CREDENTIALS_V2] }];
      },
      (d, c) => {
        c.achievement.extension = false;
        d['@context'].pop();
      },
      (d, c) => {
        c.achievement.statusType = '1EdTechRevocationList';
        d.credentialStatus = { id: `${c.publicUrl}/revocations/${'0'.repeat(26)}`, type: '1EdTechRevocationList' };
        d['@context'].splice(2, 0, OPEN_BADGES_EXTENSIONS);
      },
    ],
    fail: [
      {
        change: (d) => {
          d.credentialSubject.endorsement = [{ '@context': [CREDENTIALS_V2] }];
        },
        pointer: '/credentialSubject/endorsement/0/@context',
      },
      // Without its context the type of the status would be a term of nobody; with it and without need, one more than agreed.
      {
        change: (_, c) => {
          c.achievement.statusType = '1EdTechRevocationList';
        },
        pointer: '/@context',
      },
      { change: (d) => d['@context'].splice(2, 0, OPEN_BADGES_EXTENSIONS), pointer: '/@context' },
      { change: (d) => d['@context'].reverse(), pointer: '/@context' },
      { change: (d) => d['@context'].push({ '@vocab': 'https://x.example/' }), pointer: '/@context' },
      {
        change: (d) => {
          d['@included'] = [{ id: 'urn:x:y' }];
        },
        pointer: '/@included',
      },
      {
        change: (d) => {
          d.credentialSubject['@context'] = null;
        },
        pointer: '/credentialSubject/@context',
      },
    ],
  },
};
