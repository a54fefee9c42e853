import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sha256Hex } from '#kernel';
import { AUDIT_GENESIS, AUDIT_START, type AuditEntry, auditHash, verifyAuditChain } from '#observability';

function chain(length: number): AuditEntry[] {
  const entries: AuditEntry[] = [];
  for (let seq = 1; seq <= length; seq++) {
    const entry = {
      seq,
      at: '2026-06-01T00:00:00Z',
      tenant: seq % 2 ? 'uno' : 'dos',
      actor: 'key:one',
      operation: 'credential.issue',
      object: `c${seq}`,
      ...(seq % 3 ? {} : { objectSha256: 'ab', detail: { n: seq } }),
      previousHash: entries.at(-1)?.hash ?? AUDIT_GENESIS,
    };
    entries.push({ ...entry, hash: auditHash(entry) });
  }
  return entries;
}

describe('audit chain', () => {
  it('hashes the members in their fixed order, absent ones left out', () => {
    const [first] = chain(1);
    const { hash, ...rest } = first!;
    const text =
      '{"seq":1,"at":"2026-06-01T00:00:00Z","tenant":"uno","actor":"key:one","operation":"credential.issue",' +
      `"object":"c1","previousHash":"${'0'.repeat(64)}"}`;
    expect(hash).toBe(sha256Hex(text));
    expect(auditHash(Object.fromEntries(Object.entries(rest).reverse()) as typeof rest)).toBe(hash);
  });

  it('passes whole, in parts, and empty', () => {
    const entries = chain(9);
    const head = verifyAuditChain(entries.slice(0, 4));
    expect(head).toEqual({ ok: true, last: { seq: 4, hash: entries[3]!.hash } });
    expect(head.ok && verifyAuditChain(entries.slice(4), head.last).ok).toBe(true);
    expect(verifyAuditChain([])).toEqual({ ok: true, last: AUDIT_START });
  });

  it('finds every edit, deletion, insertion, doubling and exchange (OB-1)', () => {
    const entries = chain(6);
    const members = ['at', 'tenant', 'actor', 'operation', 'object', 'objectSha256', 'previousHash', 'hash'] as const;
    const changes: ((list: AuditEntry[], n: number) => void)[] = [
      ...members.map((member) => (list: AuditEntry[], n: number) => {
        list[n] = { ...list[n]!, [member]: `${list[n]![member] ?? ''}x` };
      }),
      (list, n) => {
        list[n] = { ...list[n]!, detail: { n: 'x' } };
      },
      (list, n) => {
        list[n] = { ...list[n]!, seq: 99 };
      },
      (list, n) => list.splice(n, 0, list[n]!),
      (list, n) => list.splice(n, 0, { ...list[n]!, object: 'x' }),
      (list, n) => {
        const to = (n + 1) % list.length;
        [list[n], list[to]] = [list[to]!, list[n]!];
      },
    ];
    fc.assert(
      fc.property(fc.constantFrom(...changes), fc.nat(5), (change, n) => {
        const list = [...entries];
        change(list, n);
        expect(verifyAuditChain(list).ok).toBe(false);
      }),
    );
    for (let n = 0; n < 5; n++)
      expect(verifyAuditChain(entries.toSpliced(n, 1))).toMatchObject({ ok: false, seq: n + 1 });
  });

  it('cannot find a cut at the end by itself: the last position tells', () => {
    const entries = chain(6);
    const cut = verifyAuditChain(entries.slice(0, 5));
    expect(cut).toMatchObject({ ok: true, last: { seq: 5 } });
    const forged = [...entries.slice(0, 5), { ...entries[5]!, object: 'x' }].map((entry) => ({ ...entry }));
    forged[5]!.hash = auditHash(forged[5]!);
    expect(verifyAuditChain(forged)).not.toEqual(verifyAuditChain(entries));
  });
});
