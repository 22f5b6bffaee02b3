import { redisProblem } from '../../client/testing/startRedis.ts';

/** Why tests that need Redis are skipped; undefined: they are not. */
export const whyNoRedis: string | undefined = redisProblem();
