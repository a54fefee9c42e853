import type { RegisterFile } from '#accreditation';
import { isObject, type JsonObject, LIMITS, Problem, sha256Hex } from '#kernel';
import { type BudgetLimits, createBudget } from './budget.ts';
import { fetchHead, registerUrl } from './register.ts';
import { createSession, type SessionDeps } from './session.ts';

/** How somebody else's register is had and checked, for whoever wants to hold it. */
export interface RegisterAccess {
  /** Through the DID document of its accreditor, with all parts. @throws Problem `fetch-failed` with a code */
  fetchRegister(accreditor: string): Promise<RegisterFile>;
  verifyRegister(document: JsonObject, accreditor: string): Promise<{ outcome: string; code: string }>;
}

/** A register in parts is many small files. */
const LIMITS_OF_IMPORT: BudgetLimits = { ms: 60_000, fetches: 4_096, parallel: 4 };

export function createRegisterAccess(
  deps: SessionDeps,
  monotonic: () => number = () => performance.now(),
): RegisterAccess {
  const open = () => createSession(deps, createBudget(LIMITS_OF_IMPORT, monotonic));
  const failed = (code: string, detail: string) =>
    new Problem('fetch-failed', `the register could not be had: ${detail}`, { extensions: { code } });

  return {
    async fetchRegister(accreditor) {
      const session = open();
      const answer = await fetchHead(session, accreditor);
      if (answer.outcome !== 'ok') throw failed(answer.code, answer.detail);
      const resolved = await session.resolve(accreditor);
      const url = resolved.outcome === 'ok' ? registerUrl(resolved.document as JsonObject) : undefined;
      // Read a moment ago and kept by the session.
      const fetched = url === undefined ? undefined : await session.json(url, undefined, LIMITS.registerBytes);
      if (!fetched?.ok) throw failed('unreachable', accreditor);
      const { parts } = answer.head;
      const texts = (parts?.digests ?? []).map(async (digest) => {
        const got = await session.budget.slot(() =>
          deps.fetch(`${parts!.url}${digest}`, {
            accept: 'application/json',
            budget: session.budget,
            maxBytes: LIMITS.registerBytes,
          }),
        );
        if (got.status !== 200 || sha256Hex(got.bytes) !== digest) throw failed('part', `${parts!.url}${digest}`);
        return Buffer.from(got.bytes).toString('utf8');
      });
      return { register: fetched.document, parts: await Promise.all(texts) };
    },

    async verifyRegister(document, accreditor) {
      if (!isObject(document)) return { outcome: 'fail', code: 'malformed' };
      return open().proof(document, accreditor);
    },
  };
}
