import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type FieldError, isObject, type JsonObject, type SchemaCheck, schemaCheck } from '#kernel';
import { achievementRules } from './rules/achievement-rules.ts';

const DIRECTORY = join(import.meta.dirname, '..', '..', 'schemas', 'ph');

const read = (name: string) => JSON.parse(readFileSync(join(DIRECTORY, `${name}.json`), 'utf8')) as JsonObject;

/** Members of Open Badges that the schema describes only because a term of the extension stands inside them. */
const NATIVE = new Set(['type', 'resultDescription']);

const achievementSchema = read('achievement');
const checkAchievement: SchemaCheck = schemaCheck(achievementSchema);
const checkCredential: SchemaCheck = schemaCheck(read('credential'));
const rules = achievementRules(
  new Set(Object.keys(achievementSchema.properties as JsonObject).filter((name) => !NATIVE.has(name))),
);

/**
 * Faults of the ph terms of a finished Open Badges 3.0 `Achievement`: their shape (schemas/ph/achievement.json), then what
 * must hold between them. Nested objects have their types. Nothing is said of an achievement that is not a `PhAchievement`,
 * nor of members of Open Badges itself.
 * @returns every fault, pointers relative to the achievement; empty when there is none
 */
export function phAchievementErrors(achievement: JsonObject): FieldError[] {
  if (!hasType(achievement, 'PhAchievement')) return [];
  const faults = checkAchievement(achievement);
  // Rules read values as the schema promises them.
  return faults.length > 0 ? faults : rules(achievement);
}

const ANSWERS = ['accreditedAtAward', 'accreditedNow'];

/**
 * Faults of the ph terms of an Open Badges 3.0 credential, of its issuer's profile and its evidence
 * (schemas/ph/credential.json). The achievement inside is `phAchievementErrors`' part.
 * @returns every fault, pointers relative to the credential; empty when there is none or it is not a `PhCredential`
 */
export function phCredentialErrors(credential: JsonObject): FieldError[] {
  if (!hasType(credential, 'PhCredential')) return [];
  const signedAnswers = ANSWERS.filter((term) => credential[term] !== undefined).map((term) => ({
    pointer: `/${term}`,
    detail: 'is an answer of a verifier, never signed by the issuer',
  }));
  return [...checkCredential(credential), ...signedAnswers];
}

function hasType(value: unknown, type: string): boolean {
  return isObject(value) && (Array.isArray(value.type) ? value.type.includes(type) : value.type === type);
}

/** Faults of the ph terms of a whole badge: of the credential, and of the achievement inside it. */
export function phDocumentErrors(document: JsonObject): FieldError[] {
  const subject = document.credentialSubject;
  const achievement = isObject(subject) && isObject(subject.achievement) ? subject.achievement : undefined;
  const inner = achievement ? phAchievementErrors(achievement) : [];
  return [
    ...phCredentialErrors(document),
    ...inner.map((error) => ({ ...error, pointer: `/credentialSubject/achievement${error.pointer}` })),
  ];
}
