import { isObject, type Json, type JsonObject, type Text } from '#kernel';
import type { PathwayNode } from '#pages';
import { said } from './terms.ts';

/** What pages and lists say of a pathway, read from its signed text. */
export interface PathwayDocument {
  name: string;
  conferrer: string;
  version: string;
  realism?: string;
  rule: JsonObject;
}

/** @param signed our own stored text */
export function readPathwayDocument(signed: string): PathwayDocument {
  const document = JSON.parse(signed) as JsonObject;
  const subject = isObject(document.credentialSubject) ? document.credentialSubject : {};
  const { conferrer, realism } = subject;
  return {
    name: String(subject.name ?? document.name ?? ''),
    conferrer: String(conferrer ?? ''),
    version: String(subject.version ?? ''),
    ...(typeof realism === 'string' ? { realism } : {}),
    rule: isObject(subject.stackingRule) ? subject.stackingRule : {},
  };
}

/** The rule tree for people: text, source and kind of each node, and the items it takes. */
export function nodeOf(rule: JsonObject): PathwayNode {
  const children = list(rule.children);
  const items = list(rule.items).map(({ title, code, achievement }) => String(title ?? code ?? achievement));
  return {
    kind: String(rule.kind),
    text: textOf(rule),
    ...said('source', rule.source),
    ...said('binding', rule.binding),
    ...said('realism', rule.realism),
    ...(children.length > 0 ? { children: children.map(nodeOf) } : {}),
    ...(items.length > 0 ? { items } : {}),
  };
}

function textOf({ text, kind }: JsonObject): Text {
  const { en = String(kind), fil = en } = isObject(text) ? text : {};
  return { en: String(en), fil: String(fil) };
}

const list = (value: Json | undefined): JsonObject[] => (Array.isArray(value) ? value.filter(isObject) : []);
