import type { FastifyReply, FastifyRequest } from 'fastify';
import type { CredentialFilter, CredentialState, ListedCredential } from '#credentials';
import { LIMITS, type PageRequest } from '#kernel';
import { type ListedAward, renderAwards, type Typed } from '#pages';
import type { ApiDeps } from '../deps.ts';
import { pageOf } from '../http/listing.ts';
import { type Handlers, principalOf } from '../http/operation.ts';
import { createDesk, type Desk } from './desk.ts';

interface Asked {
  q?: string;
  by?: 'name' | 'email' | 'studentNumber' | 'certificateNumber' | 'id';
  achievementId?: string;
  batchId?: string;
  state?: CredentialState | '';
  cursor?: string;
}

const ID = /^[0-9a-hjkmnp-tv-z]{26}$/;

export function consoleAwards(deps: ApiDeps): Handlers<'getConsoleAwards' | 'findConsoleAwards'> {
  const { reader, publicUrl } = deps;
  const desk = createDesk(deps);

  async function find(tenant: string, asked: Asked, page: PageRequest) {
    const { q = '', by = 'name', achievementId, batchId, state } = asked;
    const text = q.trim();
    const filter: CredentialFilter = {
      tenant,
      ...(achievementId ? { achievementId } : {}),
      ...(batchId ? { batchId } : {}),
      ...(state ? { state } : {}),
    };
    if (text === '') return reader.credentials(filter, page);
    if (by !== 'id') return reader.credentials({ ...filter, [by]: text }, page);
    const id = text.replace(`${publicUrl}/credentials/`, '').split(/[.?#]/)[0]!;
    if (ID.test(id)) {
      const row = await reader.credential(id);
      return { items: row?.tenant === tenant && row.phase === 'issued' ? [row] : [], next: undefined };
    }
    if (/^did:/.test(text)) return reader.credentials({ ...filter, subjectId: text }, page);
    const found = await reader.credentials({ ...filter, awardId: text }, page);
    return found.items.length > 0 ? found : reader.credentials({ ...filter, subjectId: text }, page);
  }

  async function show(request: FastifyRequest, reply: FastifyReply, asked: Asked, looked: boolean) {
    const { tenant } = principalOf(request);
    const { cursor } = asked;
    const page = { ...pageOf(request), ...(cursor === undefined ? {} : { cursor }) };
    const { items, next } = looked ? await find(tenant, asked, page) : { items: [], next: undefined };
    const body = renderAwards(desk.site(request), await desk.officer(request), {
      achievements: await desk.achievements(tenant),
      typed: typedOf(asked),
      searched: LIMITS.awardsSearched,
      ...(looked ? { found: await listedAwards(items, desk) } : {}),
      ...(next === undefined ? {} : { next }),
    });
    return desk.send(request, reply, body);
  }

  return {
    async getConsoleAwards(request, reply) {
      const { achievementId, batchId, state, cursor } = request.query as Asked;
      const asked = { achievementId, batchId, state, cursor } as Asked;
      return show(
        request,
        reply,
        asked,
        [achievementId, batchId, state].some((one) => one !== undefined),
      );
    },
    findConsoleAwards: (request, reply) => show(request, reply, request.body as Asked, true),
  };
}

function typedOf({ q = '', by = 'name', achievementId = '', batchId = '', state = '' }: Asked): Typed {
  return { q, by, achievementId, batchId, state };
}

export async function listedAwards(rows: readonly ListedCredential[], desk: Desk): Promise<ListedAward[]> {
  const name = desk.names();
  return Promise.all(
    rows.map(async ({ credentialId, recipient, achievementId, awardedDate, state }) => ({
      ...{ credentialId, awardedDate, state, achievement: await name(achievementId) },
      ...(recipient.name === undefined ? {} : { name: recipient.name }),
      ...(recipient.studentNumber === undefined ? {} : { studentNumber: recipient.studentNumber }),
    })),
  );
}
