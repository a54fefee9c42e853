import type { Confirmation } from '#offers';
import type { TestService } from '../../support/service.ts';
import { SLUG } from './world.ts';

/** As many addresses as there are learners: to each only so many codes are sent in an hour. */
let learners = 0;
export const learner = () => `learner-${++learners}@students.example`;

export interface Offered {
  offerId: string;
  secret: string;
  txCode: string;
  email: string;
}

/** Offers badges of learners, one definition for all. @param issuerKey of the institution */
export async function offering(service: TestService, issuerKey: string) {
  // biome-ignore lint/suspicious/noExplicitAny: as the service says
  const post = (url: string, body: object) => service.call<any>('POST', url, { key: issuerKey, body });
  const achievement = {
    ...{ name: 'SPECIMEN Data <b>Literacy</b>', description: 'Reads data.' },
    criteria: { narrative: 'Passes.' },
  };
  const made = await post('/v1/achievements', { achievement, extension: false });
  if (made.status !== 201) throw new Error(made.text);
  const { achievementId } = made.body;

  return async (confirmation: Confirmation = 'email', email: string = learner()): Promise<Offered> => {
    const recipients = [{ name: 'Specimen Learner', ...(email ? { email } : {}) }];
    const issued = await post('/v1/credentials', { achievementId, recipients });
    if (issued.status !== 201) throw new Error(issued.text);
    const credentialId = (issued.body.credentials[0].url as string).split('/').at(-1)!;
    const input = { tenant: SLUG, credentialId, confirmation, actor: 'system' };
    const { offer, secret, txCode = '' } = await service.app.offers.create(input);
    return { offerId: offer.offerId, secret, txCode, email };
  };
}
