import { isObject, type Json, type JsonObject, type Random, randomUuid } from '#kernel';

/** Member -> class of the objects in it. Each needs its own: the terms of a class are defined only on its objects. */
const CLASS_OF: Record<string, string> = {
  alignment: 'Alignment',
  related: 'Related',
  rubricCriterionLevel: 'RubricCriterionLevel',
  gradeScale: 'PhGradeScale',
  legalInstrument: 'PhLegalInstrument',
  pqfDescriptor: 'PhPqfDescriptor',
  learningOutcome: 'PhLearningOutcome',
  credit: 'PhCredit',
  unitOfCompetency: 'PhUnitOfCompetency',
  trainingRegulation: 'PhTrainingRegulation',
  psced: 'PhClassification',
  psoc: 'PhClassification',
  psic: 'PhClassification',
  psfSkill: 'PhSkill',
  effectivePeriod: 'PhPeriod',
  transition: 'PhTransition',
  mapping: 'PhTransitionMapping',
};

/** Results refer to these by id, so each has one. */
const NEEDS_ID = new Set(['resultDescription', 'rubricCriterionLevel']);

export interface BuildInput {
  /** Checked already. */
  achievement: JsonObject;
  /** The public address of the definition. */
  id: string;
  version: number;
  extension: boolean;
  /** The public address of the image, when there is one. */
  imageUrl?: string;
  random: Random;
}

/**
 * The Open Badges `Achievement` exactly as it will be embedded: ids, types and version written in, nothing else changed,
 * no null and no empty array (none passes the checks).
 */
export function buildAchievement({ achievement, id, version, extension, imageUrl, random }: BuildInput): JsonObject {
  const { type: _, image: __, ...members } = achievement;
  return {
    id,
    type: extension ? ['Achievement', 'PhAchievement'] : ['Achievement'],
    ...typed(members, random),
    version: String(version),
    ...(imageUrl === undefined ? {} : { image: { id: imageUrl, type: 'Image' } }),
  };
}

function typed(members: JsonObject, random: Random): JsonObject {
  return Object.fromEntries(Object.entries(members).map(([name, value]) => [name, typedValue(name, value, random)]));
}

function typedValue(name: string, value: Json, random: Random): Json {
  if (Array.isArray(value)) return value.map((item) => typedValue(name, item, random));
  if (!isObject(value)) return value;
  const { id, type: _, ...members } = value;
  const ownId = id ?? (NEEDS_ID.has(name) ? `urn:uuid:${randomUuid(random)}` : undefined);
  const type = typeOf(name, value);
  return {
    ...(ownId === undefined ? {} : { id: ownId }),
    ...(type === undefined ? {} : { type }),
    ...typed(members, random),
  };
}

function typeOf(name: string, value: JsonObject): Json | undefined {
  // The one class of Open Badges whose `type` is a text, not a list.
  if (name === 'otherIdentifier') return 'IdentifierEntry';
  if (name === 'resultDescription') {
    return value.gradeScale === undefined ? ['ResultDescription'] : ['ResultDescription', 'PhResultDescription'];
  }
  // `criteria` needs none: its members are defined on the achievement.
  if (name === 'criteria') return undefined;
  const known = CLASS_OF[name];
  if (known === undefined) throw new Error(`no class is written for the objects in ${name}`);
  return [known];
}
