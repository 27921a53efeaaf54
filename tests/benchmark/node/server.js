'use strict';
// The same answer as the console's /healthz, by fastify as its documentation recommends: no logger, a response schema.
const fastify = require('fastify')({ logger: false });

const body = JSON.parse(process.env.HEALTHZ_BODY || '{"ok":true}');

function schemaOf(value) {
  if (Array.isArray(value)) return { type: 'array', items: value.length ? schemaOf(value[0]) : {} };
  if (value === null) return { type: 'null' };
  switch (typeof value) {
    case 'object':
      return {
        type: 'object',
        properties: Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, schemaOf(inner)])),
      };
    case 'number': return { type: Number.isInteger(value) ? 'integer' : 'number' };
    case 'boolean': return { type: 'boolean' };
    default: return { type: 'string' };
  }
}

fastify.get('/healthz', { schema: { response: { 200: schemaOf(body) } } }, async () => body);

fastify.listen({ port: Number(process.env.PORT), host: '127.0.0.1' }).catch((error) => {
  console.error(error.message);
  process.exit(1);
});
