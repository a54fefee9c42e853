import { type HolderSessionRecord, holderActor } from '#holders';
import type { GoingToHost, HolderNotice, Lang } from '#pages';
import type { ApiDeps } from '../deps.ts';
import { push } from './hosts.ts';

interface HostForm {
  action: string;
  host?: string;
  connection?: string;
  badge?: string;
  all?: 'yes';
}

/** A form about a host on the learner's page. @throws Problem as `Consumer` */
export async function hostForm(
  deps: Pick<ApiDeps, 'consumer' | 'holders'>,
  { action, host: address = '', connection: connectionId = '', badge: credentialId = '', all }: HostForm,
  { token, session, lang }: { token: string; session: HolderSessionRecord; lang: Lang },
): Promise<{ going?: GoingToHost; notice?: HolderNotice }> {
  const { consumer } = deps;
  const whose = { holder: session.identifiers, connectionId, actor: holderActor(token) };
  const asked = { notice: { tone: 'ok', word: 'asked' } } as const;
  switch (action) {
    case 'hostConnect': {
      const { authorizationUrl: url, host, may } = await consumer.begin({ session, address, lang });
      return { going: { url, title: host.title, host: new URL(host.apiUrl).host, may } };
    }
    case 'hostPull':
      await consumer.pull({ ...whose, all: all === 'yes' });
      return asked;
    case 'hostPush':
      await push(deps, { ...whose, token, credentialId, form: 'document' });
      return asked;
    case 'hostLeave': {
      const { revoked } = await consumer.disconnect(whose);
      return { notice: { tone: revoked ? 'ok' : 'warn', word: revoked ? 'hostLeft' : 'hostForgotten' } };
    }
    default:
      throw new Error(`no form about a host: ${action}`);
  }
}
