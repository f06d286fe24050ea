import { OpenAPIHono, z } from '@hono/zod-openapi'
import { base } from './serve-operations.ts'
import type { Operation } from './operation.ts'
import { problem } from './schemas.ts'

const json = 'application/json'

export type ApiDocument = ReturnType<OpenAPIHono['getOpenAPI31Document']>

/** The OpenAPI 3.1 document of the operations, from the schemas that parse and type them. */
export function describeApi(origin: URL, operations: readonly Operation[]): ApiDocument {
  const described = new OpenAPIHono()
  const registry = described.openAPIRegistry
  const token = registry.registerComponent('securitySchemes', 'token', {
    type: 'http',
    scheme: 'bearer',
    description: 'A token that a Permanent Mission issued for one system of its State.',
  })
  for (const { id, path, needs, summary, description, params, query, answer, media = json } of operations) {
    registry.registerPath({
      method: 'get',
      path,
      operationId: id,
      summary,
      description: needs === undefined ? description : `${description}\n\nScope: \`${needs}\``,
      security: [{ [token.name]: [] }],
      request: {
        params,
        query,
        headers: z.object({
          'if-none-match': z.string().optional(),
          'accept-language': z.string().optional(),
        }),
      },
      responses: {
        200: {
          description: 'Read.',
          headers: z.object({
            etag: z.string().openapi({ description: 'For `If-None-Match`.' }),
            link: z.string().optional().openapi({ description: 'The next page (`rel="next"`).' }),
          }),
          content: { [media]: { schema: answer } },
        },
        304: { description: 'As it was when this `ETag` was given.' },
        401: problemAnswer('No token, or one that is not known, has ended or has expired.'),
        403: problemAnswer(
          'The token is suspended, was not issued for this, or its State does not take part.',
        ),
        404: problemAnswer('There is no such thing, or not for this State.'),
        406: problemAnswer('The answer is of another type than was asked for.'),
        410: problemAnswer('A newer snapshot has replaced this one.'),
        422: problemAnswer('A parameter is unknown or not well-formed.'),
        429: problemAnswer('The hour of the token is used; `Retry-After` says when to ask again.'),
        500: problemAnswer('A fault of the program.'),
      },
    })
  }
  return described.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'Parley Directory',
      version: '1.0.0',
      description:
        'What a participating State’s own systems may read of the directory: the same as its users, without the month of the last answer. Nothing is written through it.',
      license: { name: 'As the program itself', url: new URL('/en/api', origin).href },
    },
    servers: [{ url: new URL(base, origin).href }],
  })
}

function problemAnswer(description: string) {
  return { description, content: { 'application/problem+json': { schema: problem } } }
}
