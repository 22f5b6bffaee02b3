import { catalog, commandNames, type CommandName } from './catalog.ts';
import type { JsonSchema } from '../codec/codec.ts';
import type { Param } from '../codec/params.ts';

/**
 * JSON Schema of a request message, for an editor's diagnostics. One object with one property
 * per command rather than `oneOf`, so that a fault is shown where it is.
 */
export function editorSchema(): JsonSchema {
  const properties: Record<string, JsonSchema> = {};
  for (const name of commandNames) properties[name] = commandSchema(name);
  return {
    type: 'object',
    description: 'A message holds one command: its name and an object of parameters.',
    properties,
    additionalProperties: false,
    minProperties: 1,
    maxProperties: 1,
  };
}

function commandSchema(name: CommandName): JsonSchema {
  const command = catalog[name];
  const params = Object.entries(command.params);
  const properties: Record<string, JsonSchema> = {};
  for (const [param, { schema }] of params) properties[param] = schema;
  const required = params.filter(([, param]) => param.required).map(([param]) => param);
  return {
    type: 'object',
    properties,
    required,
    ...oneOfEach(params),
    additionalProperties: false,
  };
}

/** Of two parameters that can stand in for each other, one must be there. */
function oneOfEach(params: readonly [string, Param<unknown>][]): JsonSchema {
  const pairs = params.flatMap(([param, { neededWithout: other }]) =>
    other ? [param, other] : [],
  );
  return pairs.length === 0 ? {} : { anyOf: pairs.map((param) => ({ required: [param] })) };
}
