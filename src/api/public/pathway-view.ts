import { isObject, type JsonObject } from '#kernel';
import type { Definition } from '#pages';
import type { LegalInstrument, RuleNode, Select } from '#pathways';
import type { StackReport } from '#verifier';
import type { ApiDeps } from '../deps.ts';
import { namesOf } from './names.ts';
import { said, termsOf } from './terms.ts';

/** What pages and lists say of a pathway, read from its signed text. */
export interface PathwayDocument {
  name: string;
  description?: string;
  conferrer: string;
  version: string;
  realism?: string;
  achievement?: string;
  legalInstrument?: LegalInstrument[];
  effectivePeriod?: { from: string; until?: string };
  /** As it was checked when it was stored. */
  rule: RuleNode;
}

/** @param signed our own stored text */
export function readPathwayDocument(signed: string): PathwayDocument {
  const document = JSON.parse(signed) as JsonObject;
  const subject = isObject(document.credentialSubject) ? document.credentialSubject : {};
  const { conferrer, effectivePeriod: period } = subject;
  return {
    name: String(subject.name ?? document.name ?? ''),
    conferrer: String(conferrer ?? ''),
    version: String(subject.version ?? ''),
    ...said('description', subject.description),
    ...said('realism', subject.realism),
    ...said('achievement', subject.achievement),
    ...(subject.legalInstrument ? { legalInstrument: subject.legalInstrument as unknown as LegalInstrument[] } : {}),
    ...(isObject(period) ? { effectivePeriod: { from: String(period.from), ...said('until', period.until) } } : {}),
    rule: subject.stackingRule as unknown as RuleNode,
  };
}

/** Most definitions that are looked up for one page; the rest stay addresses. */
const MOST_DEFINITIONS = 200;

/** What this service knows of the achievements that a rule tree names: a page says names, not addresses. */
export async function definitionsIn(
  rule: RuleNode,
  { reader, publicUrl }: Pick<ApiDeps, 'reader' | 'publicUrl'>,
): Promise<Record<string, Definition>> {
  const own = `${publicUrl}/achievements/`;
  const iris = [...new Set(nodesOf(rule).flatMap(achievementsIn))].filter((iri) => iri.startsWith(own));
  const found = await Promise.all(
    iris.slice(0, MOST_DEFINITIONS).map(async (iri): Promise<[string, Definition][]> => {
      const row = await reader.achievement(iri.slice(own.length));
      if (!row) return [];
      const document = row.document as JsonObject;
      const { credit } = termsOf(document);
      const definition = { name: String(document.name), ...said('code', document.humanCode) };
      return [[iri, credit ? { ...definition, credit } : definition]];
    }),
  );
  return Object.fromEntries(found.flat());
}

/** Names of the bodies that a rule tree, and an answer, name. */
export async function namesIn(
  rule: RuleNode,
  stack: StackReport | undefined,
  deps: Pick<ApiDeps, 'institutions'>,
): Promise<Record<string, string>> {
  const selected = nodesOf(rule).flatMap((node) => ('select' in node ? (node.select?.provider ?? []) : []));
  const awarders = stack?.credentials.flatMap(({ issuerId }) => issuerId ?? []) ?? [];
  const conferrers = nodesOf(rule).flatMap((node) => (node.kind === 'conferrer' ? node.bodies : []));
  const dids = [...new Set([...selected, ...conferrers, ...awarders])];
  return Object.fromEntries(await namesOf(dids, deps));
}

const nodesOf = (node: RuleNode): RuleNode[] => [node, ...('children' in node ? node.children.flatMap(nodesOf) : [])];

function achievementsIn(node: RuleNode): string[] {
  const items = 'items' in node ? (node.items ?? []) : [];
  const selects = [node].flatMap((one) => ['select' in one && one.select, 'before' in one && one.before]);
  return [
    ...items.flatMap(({ achievement }) => achievement ?? []),
    ...selects.filter((one): one is Select => Boolean(one)).flatMap(({ achievement }) => achievement ?? []),
  ];
}
